package tasktracker.task.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.task.analysis.AnalysisEstimate;
import tasktracker.task.analysis.AnalysisRunItem;
import tasktracker.task.analysis.AnalysisRunStatus;
import tasktracker.task.analysis.AnalysisRuns;
import tasktracker.task.analysis.AnalysisSelection;
import tasktracker.task.analysis.AnalysisTrigger;

/** API of analysis runs. */
@RequestScoped
@Path("/api/v1/analysis")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AnalysisResource {

  private static final Set<String> STATUSES = Arrays.stream(AnalysisRunStatus.values()).map(AnalysisRunStatus::wire)
      .collect(Collectors.toSet());
  private static final Set<String> TRIGGERS = Arrays.stream(AnalysisTrigger.values()).map(AnalysisTrigger::wire)
      .collect(Collectors.toSet());
  @Inject AnalysisRuns runs;
  @Inject Identity identity;

  /** A page of runs. */
  public record Page(List<AnalysisRunItem> items, long total, int page, int pageSize) {}

  /**
   * A run to create.
   *
   * @param timeWindowStart the first moment of the window
   * @param timeWindowEnd the last moment of the window
   * @param agentAssignmentId missing for the built-in analyst, the only one there is
   * @param projectConfigId a run of this project, or missing for a run of its own
   * @param projectOnly whether only messages that were recognised as the project's are read
   * @param includeNoise whether noise is read too
   */
  public record RunInput(@Nullable String timeWindowStart, @Nullable String timeWindowEnd, @Nullable UUID agentAssignmentId,
      @Nullable UUID projectConfigId, @Nullable String triggerType, @Nullable Boolean projectOnly, @Nullable Boolean includeNoise) {}

  /** The answer after a run was handed to a worker. */
  public record Started(String status, String message, UUID runId, boolean useRag) {}

  @GET
  @Path("runs")
  @QueryParameters({"limit", "skip", "status", "trigger_type", "start_date", "end_date"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String status = query.one("status", STATUSES, "");
    String trigger = query.one("trigger_type", TRIGGERS, "");
    var filter = new AnalysisRuns.Filter(status.isEmpty() ? null : status, trigger.isEmpty() ? null : trigger, query.from("start_date"),
        query.until("end_date"));
    return new Page(runs.list(filter, limit, skip), runs.count(filter), skip / limit + 1, limit);
  }

  /** Creates a run; it waits to be started. */
  @POST
  @Path("runs")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = AnalysisRunItem.class)
  public Response create(@BeanParam Query query, @Nullable RunInput request) {
    RunInput input = request == null ? new RunInput(null, null, null, null, null, null, null) : request;
    if (input.agentAssignmentId() != null) {
      throw Problem.notFound(LocalizedMessage.of("problem.analysis.assignment"));
    }
    AnalysisTrigger trigger = AnalysisTrigger.of(input.triggerType() == null ? AnalysisTrigger.MANUAL.wire() : input.triggerType())
        .orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.analysis.trigger")));
    UUID id = runs.create(selection(input, query), trigger, null, identity.name());
    return Response.status(201).entity(one(id)).build();
  }

  private static AnalysisSelection selection(RunInput input, Query query) {
    return new AnalysisSelection(moment(input.timeWindowStart(), query, true), moment(input.timeWindowEnd(), query, false),
        input.projectConfigId(), Boolean.TRUE.equals(input.projectOnly()) && input.projectConfigId() != null,
        Boolean.TRUE.equals(input.includeNoise()));
  }

  private static Instant moment(@Nullable String text, Query query, boolean isStart) {
    try {
      if (text != null) {
        return isStart ? DateParser.parseStart(text, query.timeZone()) : DateParser.parseEnd(text, query.timeZone());
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw Problem.badRequest(LocalizedMessage.of("problem.analysis.window"));
  }

  @GET
  @Path("runs/{id}")
  public AnalysisRunItem one(@PathParam("id") UUID id) {
    return runs.find(id);
  }

  /** Counts what a run over a window would read. */
  @GET
  @Path("estimate")
  @QueryParameters({"time_window_start", "time_window_end", "project_config_id", "project_only", "include_noise"})
  public AnalysisEstimate estimate(@BeanParam Query query) {
    Instant from = query.from("time_window_start");
    Instant until = query.until("time_window_end");
    if (from == null || until == null) {
      throw Problem.badRequest(LocalizedMessage.of("problem.analysis.window"));
    }
    UUID project = query.id("project_config_id");
    Set<String> truth = Set.of("true", "false");
    return runs.estimate(new AnalysisSelection(from, until, project, project != null && query.one("project_only", truth, "").equals("true"),
        query.one("include_noise", truth, "").equals("true")));
  }

  /** Hands a pending run to a worker. The built-in analyst always reads the messages around those of the window. */
  @POST
  @Path("runs/{id}/start")
  @Allowed(Role.REVIEWER)
  @QueryParameters("use_rag")
  public Started start(@PathParam("id") UUID id, @BeanParam Query query) {
    boolean usesContext = query.one("use_rag", Set.of("true", "false"), "false").equals("true");
    runs.start(id);
    return new Started("started", "Analysis run started", id, usesContext);
  }

  @POST
  @Path("runs/{id}/cancel")
  @Allowed(Role.REVIEWER)
  public AnalysisRunItem cancel(@PathParam("id") UUID id) {
    runs.cancel(id);
    return one(id);
  }

  /** Starts a new run over the window of one that failed or was cancelled. */
  @POST
  @Path("runs/{id}/retry")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 201, value = AnalysisRunItem.class)
  public Response retry(@PathParam("id") UUID id) {
    return Response.status(201).entity(one(runs.retry(id, identity.name()))).build();
  }

  /** Closes a run whose proposals are all decided. */
  @PUT
  @Path("runs/{id}/close")
  @Allowed(Role.REVIEWER)
  public AnalysisRunItem close(@PathParam("id") UUID id) {
    runs.close(id);
    return one(id);
  }

  /** The same as {@code PUT}. */
  @POST
  @Path("runs/{id}/close")
  @Allowed(Role.REVIEWER)
  public AnalysisRunItem closeByPost(@PathParam("id") UUID id) {
    return close(id);
  }

  /** Lists what validation refused, at most 100. */
  @GET
  @Path("runs/{id}/refusals")
  public List<AnalysisRuns.RefusedItem> refusals(@PathParam("id") UUID id) {
    runs.find(id);
    return runs.refusals(id);
  }
}
