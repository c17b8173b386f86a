package tasktracker.task.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.platform.web.template.View;
import tasktracker.project.ProjectStore;
import tasktracker.task.analysis.AnalysisRunItem;
import tasktracker.task.analysis.AnalysisRunStatus;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.analysis.AnalysisTrigger;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalStore;

/** The runs of analysis: what was read, what came of it, and starting, cancelling, retrying or closing one. */
@RequestScoped
@Path("/analysis")
@Produces(MediaType.TEXT_HTML)
public class AnalysisPage {

  private static final int PAGE_SIZE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_PROJECTS = 500;
  private static final int MAX_PROPOSALS = 200;
  private static final Set<String> STATUSES = Arrays.stream(AnalysisRunStatus.values()).map(AnalysisRunStatus::wire)
      .collect(Collectors.toSet());
  @Inject AnalysisRuns runs;
  @Inject ProposalStore proposals;
  @Inject ProjectStore projects;
  @Inject Identity identity;
  @Inject Clock clock;
  @Context HttpServletRequest request;

  /** The list, or only the part of it that {@code HX-Target} names. */
  @GET
  @QueryParameters({"status", "page", "window", "from", "until", "project", "project_only", "noise"})
  public View list(@BeanParam Query query, @HeaderParam("HX-Target") @Nullable String target) {
    Map<String, Object> model = new HashMap<>(runs(query));
    if ("analysis-runs".equals(target)) {
      return View.fragment("task/_analysis", "runs", model);
    }
    model.putAll(form(AnalysisForm.read(query), null));
    return View.page("task/analysis", model);
  }

  private Map<String, Object> runs(Query query) {
    String status = query.one("status", STATUSES, "");
    int page = query.number("page", 1, 1, MAX_PAGE);
    var filter = new AnalysisRuns.Filter(status.isEmpty() ? null : status, null, null, null);
    var found = runs.list(filter, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE);
    return Map.of("list", new AnalysisList(found.subList(0, Math.min(PAGE_SIZE, found.size())), found.size() > PAGE_SIZE, status, page));
  }

  private Map<String, Object> form(AnalysisForm form, @Nullable Problem problem) {
    Map<String, Object> model = new HashMap<>(Map.of("form", form, "windows", AnalysisForm.WINDOWS, "projects",
        projects.list(true, MAX_PROJECTS, 0)));
    model.putAll(estimate(form));
    if (problem != null) {
      model.put("problem", problem);
    }
    return model;
  }

  /** What a run would read, or why it cannot be started. */
  private Map<String, Object> estimate(AnalysisForm form) {
    try {
      return Map.of("estimate", runs.estimate(form.selection(clock.instant(), zone())));
    } catch (Problem problem) {
      return Map.of("problem", problem);
    }
  }

  private ZoneId zone() {
    return Preferences.of(request).timeZone();
  }

  /** What a run would read, for a changed form. */
  @GET
  @Path("estimate")
  @QueryParameters({"window", "from", "until", "project", "project_only", "noise"})
  public View estimate(@BeanParam Query query) {
    return View.fragment("task/_analysis", "estimate", estimate(AnalysisForm.read(query)));
  }

  /** Creates a run and starts it; the form keeps its input when something is not allowed. */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Allowed(Role.REVIEWER)
  public Response start(MultivaluedMap<String, String> fields) {
    AnalysisForm form = AnalysisForm.read(new Query(new MultivaluedHashMap<>(fields)));
    try {
      UUID id = runs.create(form.selection(clock.instant(), zone()), AnalysisTrigger.MANUAL, null, identity.name());
      runs.start(id);
      return Response.seeOther(URI.create("/analysis/" + id)).build();
    } catch (Problem problem) {
      Map<String, Object> model = new HashMap<>(runs(new Query(new MultivaluedHashMap<>())));
      model.putAll(form(form, problem));
      return Response.status(problem.status()).entity(View.page("task/analysis", model)).build();
    }
  }

  /** One run with its proposals, and what validation refused. */
  @GET
  @Path("{id}")
  public View show(@PathParam("id") UUID id, @HeaderParam("HX-Target") @Nullable String target) {
    AnalysisRunItem run = runs.find(id);
    Map<String, Object> model = Map.of("run", run, "refusals", runs.refusals(id), "proposals",
        proposals.list(ProposalFilter.ofRun(id), "confidence", MAX_PROPOSALS, 0));
    return "run-details".equals(target) ? View.fragment("task/_analysis", "details", model) : View.page("task/run", model);
  }

  @POST
  @Path("{id}/start")
  @Allowed(Role.REVIEWER)
  public Response start(@PathParam("id") UUID id) {
    runs.start(id);
    return backTo(id);
  }

  private static Response backTo(UUID id) {
    return Response.seeOther(URI.create("/analysis/" + id)).build();
  }

  @POST
  @Path("{id}/cancel")
  @Allowed(Role.REVIEWER)
  public Response cancel(@PathParam("id") UUID id) {
    runs.cancel(id);
    return backTo(id);
  }

  @POST
  @Path("{id}/retry")
  @Allowed(Role.REVIEWER)
  public Response retry(@PathParam("id") UUID id) {
    return backTo(runs.retry(id, identity.name()));
  }

  @POST
  @Path("{id}/close")
  @Allowed(Role.REVIEWER)
  public Response close(@PathParam("id") UUID id) {
    runs.close(id);
    return backTo(id);
  }
}
