package tasktracker.summary;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.template.View;

/** The page of the first steps. */
@RequestScoped
@Path("/start")
@Produces(MediaType.TEXT_HTML)
public class StartPage {

  @Inject StartSteps steps;
  @Inject Identity identity;
  @Context HttpServletRequest request;

  @GET
  public View show() {
    return View.page("start/page", model());
  }

  private Map<String, Object> model() {
    StartSteps.Steps found = steps.steps(Preferences.of(request).locale());
    Map<String, Object> model = new HashMap<>(Map.of("steps", found, "skipped", steps.isSkipped(identity.accountId())));
    // Addresses of providers are no matter of readers.
    model.put("p", identity.may(Role.REVIEWER) ? found.provider() : null);
    return model;
  }

  /** The steps alone, for a refresh. */
  @GET
  @Path("steps")
  public View list() {
    return View.fragment("start/_parts", "steps", model());
  }

  /** Hides the steps of the overview, or shows them again; everybody decides for themselves. */
  @POST
  @Path("skip")
  @Allowed(Role.READER)
  public Response skip(@FormParam("skipped") boolean isSkipped) {
    steps.setSkipped(identity.accountId(), isSkipped);
    return Response.seeOther(URI.create(isSkipped ? "/" : "/start")).build();
  }
}
