package tasktracker.platform.outbound;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** The page on which administrators allow addresses of this machine and its network. */
@RequestScoped
@Path("/settings/outbound")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.ADMIN)
public class OutboundPage {

  private static final URI HERE = URI.create("/settings/outbound");
  @Inject OutboundAllowList list;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  @GET
  public View show() {
    return page("", "");
  }

  private View page(String typed, String error) {
    return View.page("outbound/page", Map.of("entries", list.list(), "typed", typed, "error", error));
  }

  @POST
  public Response allow(@FormParam("address") @DefaultValue("") String address) {
    try {
      list.allow(address, identity.name());
      return Response.seeOther(HERE).build();
    } catch (Problem refused) {
      return Response.status(refused.status()).entity(page(address, refused.detail(Preferences.of(request).locale()))).build();
    }
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@PathParam("id") UUID id) {
    list.remove(id);
    return Response.seeOther(HERE).build();
  }
}
