package tasktracker.platform.security.token;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.ManagesAccounts;
import tasktracker.platform.security.RequestReader;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.problem.FormError;
import tasktracker.platform.web.problem.FormNotices;
import tasktracker.platform.web.template.View;

/** The page on which administrators manage API tokens. */
@RequestScoped
@Path("/system/tokens")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.ADMIN)
@ManagesAccounts
public class TokensPage {

  @Inject ApiTokens tokens;
  @Inject Identity identity;

  @GET
  public View show(@QueryParam("done") @Nullable String done) {
    return page(FormNotices.done(done), null);
  }

  private View page(Map<String, ?> notice, ApiTokens.@Nullable CreatedToken made) {
    Map<String, Object> model = new HashMap<>(notice);
    model.put("tokens", tokens.all());
    model.put("made", made);
    return View.page("security/tokens", model);
  }

  /** Responds with the page instead of a redirect, because the token is shown only once. */
  @POST
  public Response make(@FormParam("name") @DefaultValue("") String name, @FormParam("role") @DefaultValue("") String role,
      @FormParam("days") @DefaultValue("") String days, @FormParam("manages_accounts") @DefaultValue("false") boolean managesAccounts) {
    try {
      ApiTokens.CreatedToken made = tokens.create(identity.required(), name, RequestReader.role(role), days(days), managesAccounts);
      return Response.ok(page(FormNotices.done(null), made)).build();
    } catch (FormError refusal) {
      return Response.status(refusal.status()).entity(page(FormNotices.refused(refusal), null)).build();
    }
  }

  private static @Nullable Integer days(String given) {
    if (given.isBlank()) {
      return null;
    }
    if (!given.strip().matches("[0-9]{1,4}")) {
      throw FormError.invalid("token.days");
    }
    return Integer.valueOf(given.strip());
  }

  @POST
  @Path("{id}/revoke")
  public Response revoke(@PathParam("id") UUID id) {
    return FormNotices.submit("/system/tokens?done=revoked", () -> tokens.revoke(id),
        refused -> page(FormNotices.refused(refused), null));
  }
}
