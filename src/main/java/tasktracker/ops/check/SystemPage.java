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
import tasktracker.platform.job.admin.JobList;
import tasktracker.platform.live.SocketSessions;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;

/** The System page: problems first, passed checks collapsed. */
@RequestScoped
@Path("/system")
@Produces(MediaType.TEXT_HTML)
@Allowed(Role.REVIEWER)
public class SystemPage {

  @Inject CheckRunner runner;
  @Inject Fixes fixes;
  @Inject JobList jobs;
  @Inject SocketSessions sessions;
  @Inject EffectiveSettings settings;

  @GET
  @QueryParameters("changed")
  public View show(@BeanParam Query query) {
    List<Finding> findings = runner.findings();
    Map<String, Object> model = new HashMap<>(counts(findings));
    model.put("problems", findings.stream().filter(f -> f.state() != CheckState.OK).toList());
    model.put("healthy", findings.stream().filter(f -> f.state() == CheckState.OK).toList());
    model.put("waiting", jobs.queues().stream().mapToLong(l -> l.queued() + l.retryable()).sum());
    model.put("listening", sessions.count());
    model.put("settings", settings.settings());
    model.put("changed", query.text("changed", 20) == null ? null : query.number("changed", 0, 0, Integer.MAX_VALUE));
    return View.page("system/page", model);
  }

  /** The states of all checks as a fragment for the open page. */
  @GET
  @Path("states")
  public View states() {
    List<Finding> findings = runner.findings();
    Map<String, Object> model = new HashMap<>(counts(findings));
    model.put("pushed", findings);
    return View.fragment("system/_parts", "states", model);
  }

  private static Map<String, Object> counts(List<Finding> findings) {
    return Map.of("bad", count(findings, CheckState.BAD), "warn", count(findings, CheckState.WARN), "unknown",
        count(findings, CheckState.UNKNOWN),
        "fine", count(findings, CheckState.OK));
  }

  private static long count(List<Finding> findings, CheckState state) {
    return findings.stream().filter(f -> f.state() == state).count();
  }

  @POST
  @Path("fix")
  @Allowed(Role.ADMIN)
  public Response fix(@FormParam("verb") @DefaultValue("") String verb, @FormParam("target") @DefaultValue("") String target) {
    int changed = fixes.apply(verb, target);
    runner.invalidate();
    return Response.seeOther(UriBuilder.fromPath("/system").queryParam("changed", changed).build()).build();
  }
}
