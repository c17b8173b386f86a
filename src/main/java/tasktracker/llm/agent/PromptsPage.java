package tasktracker.llm.agent;

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
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.template.View;

/** Pages of the prompts of tasks. Reviewers see them; administrators change them. */
@RequestScoped
@Path("/agent-prompts")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class PromptsPage {

  @Inject Prompts prompts;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  @GET
  public View list() {
    return View.page("agent/prompt-list", Map.of("prompts", prompts.shipped()));
  }

  @GET
  @Path("{name}")
  public View show(@PathParam("name") String name) {
    return page(name, prompts.getShipped(name), "", "");
  }

  private View page(String name, String typed, String note, String error) {
    return View.page("agent/prompt", Map.of("name", name, "versions", prompts.history(name), "typed", typed, "note", note, "error",
        error, "may", identity.may(Role.ADMIN)));
  }

  @POST
  @Path("{name}")
  @Allowed(Role.ADMIN)
  public Response edit(@PathParam("name") String name, @FormParam("content") @DefaultValue("") String content,
      @FormParam("note") @DefaultValue("") String note) {
    prompts.getShipped(name);
    try {
      prompts.edit(name, content, note, identity.name());
      return Response.seeOther(URI.create("/agent-prompts/" + name)).build();
    } catch (Problem refused) {
      return Response.status(refused.status())
          .entity(page(name, content, note, refused.detail(Preferences.of(request).locale()))).build();
    }
  }

  /** Makes an earlier version, or the shipped file, the latest one. */
  @POST
  @Path("{name}/versions/{version}/restore")
  @Allowed(Role.ADMIN)
  public Response restore(@PathParam("name") String name, @PathParam("version") int version) {
    prompts.getShipped(name);
    prompts.restore(name, version, identity.name());
    return Response.seeOther(URI.create("/agent-prompts/" + name)).build();
  }
}
