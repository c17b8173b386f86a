package tasktracker.ops.check;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tasktracker.platform.job.JobList;
import tasktracker.platform.live.SocketSessions;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Query;
import tasktracker.platform.web.QueryParameters;
import tasktracker.platform.web.View;

/** The runbook as a page: problems first, what is well folded away. */
@RequestScoped
@Path("/system")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class SystemPage {

  @Inject CheckRunner diagnosis;
  @Inject Fixes fixes;
  @Inject JobList jobs;
  @Inject SocketSessions sessions;
  @Inject EffectiveSettings tuning;

  @GET
  @QueryParameters("changed")
  public View show(@BeanParam Query query) {
    List<Finding> found = diagnosis.now();
    Map<String, Object> model = new HashMap<>(counts(found));
    model.put("problems", found.stream().filter(f -> f.state() != CheckState.OK).toList());
    model.put("healthy", found.stream().filter(f -> f.state() == CheckState.OK).toList());
    model.put("waiting", jobs.queues().stream().mapToLong(l -> l.queued() + l.retryable()).sum());
    model.put("listening", sessions.count());
    model.put("settings", tuning.settings());
    model.put("changed", query.text("changed", 20) == null ? null : query.number("changed", 0, 0, Integer.MAX_VALUE));
    return View.page("system/page", model);
  }

  /** The states alone, to be put into the open page. */
  @GET
  @Path("states")
  public View states() {
    List<Finding> found = diagnosis.now();
    Map<String, Object> model = new HashMap<>(counts(found));
    model.put("pushed", found);
    return View.fragment("system/_parts", "states", model);
  }

  private static Map<String, Object> counts(List<Finding> found) {
    return Map.of("bad", count(found, CheckState.BAD), "warn", count(found, CheckState.WARN), "unknown", count(found, CheckState.UNKNOWN),
        "fine", count(found, CheckState.OK));
  }

  private static long count(List<Finding> found, CheckState state) {
    return found.stream().filter(f -> f.state() == state).count();
  }

  @POST
  @Path("fix")
  @Allowed(Role.ADMIN)
  public Response fix(@FormParam("verb") @DefaultValue("") String verb, @FormParam("target") @DefaultValue("") String target) {
    int changed = fixes.apply(verb, target);
    diagnosis.forget();
    return Response.seeOther(UriBuilder.fromPath("/system").queryParam("changed", changed).build()).build();
  }
}
