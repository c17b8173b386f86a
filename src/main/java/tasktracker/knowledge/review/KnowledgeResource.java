package tasktracker.knowledge.review;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.extraction.AnalystShares;
import tasktracker.knowledge.extraction.ExtractionRuns;
import tasktracker.knowledge.extraction.ExtractionStart;
import tasktracker.knowledge.version.Decisions;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.ResponseType;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.DateParser;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/** API of extraction, and of undoing decisions. */
@RequestScoped
@Path("/api/v1/knowledge")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class KnowledgeResource {

  @Inject ExtractionRuns runs;
  @Inject ExtractionStart start;
  @Inject AnalystShares shares;
  @Inject Decisions decisions;
  @Inject Identity identity;

  /** A period of messages. */
  public record Period(@Nullable String periodType, @Nullable UUID topicId, @Nullable String startDate, @Nullable String endDate) {}

  /**
   * Which messages to examine: either ids or a period.
   *
   * @param confirmed whether more than the last 24 hours may be sent to the provider of the agent
   */
  public record Extract(@Nullable List<UUID> messageIds, @Nullable Period period, @Nullable UUID agentConfigId,
      @Nullable Boolean confirmed) {}

  /** The answer after a run was enqueued. */
  public record Started(String message, UUID extractionId, @Nullable UUID taskId, long messageCount) {}

  /** Starts a run over messages or a period. */
  @POST
  @Path("extract")
  @Allowed(Role.REVIEWER)
  @ResponseType(status = 202, value = Started.class)
  public Response extract(@BeanParam Query query, @Nullable Extract request) {
    boolean hasIds = request != null && request.messageIds() != null;
    boolean hasPeriod = request != null && request.period() != null;
    if (request == null || hasIds == hasPeriod) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.extraction.either"));
    }
    UUID id = request.messageIds() != null
        ? start.overMessages(request.messageIds(), request.agentConfigId(), identity.name())
        : overPeriod(Objects.requireNonNull(request.period()), request, query.timeZone());
    ExtractionRuns.Item run = runs.find(id);
    return Response.accepted(new Started("Knowledge extraction queued", id, run.jobId(), run.messageCount())).build();
  }

  private UUID overPeriod(Period period, Extract request, ZoneId zone) {
    return start.overPeriod(period.periodType() == null ? "" : period.periodType(), parse(period.startDate(), true, zone),
        parse(period.endDate(), false, zone), period.topicId(), request.agentConfigId(), Boolean.TRUE.equals(request.confirmed()),
        identity.name());
  }

  private static @Nullable Instant parse(@Nullable String date, boolean isStart, ZoneId zone) {
    try {
      return date == null ? null : isStart ? DateParser.parseStart(date, zone) : DateParser.parseEnd(date, zone);
    } catch (java.time.format.DateTimeParseException e) {
      throw Problem.badRequest(LocalizedMessage.of("problem.extraction.dates"));
    }
  }

  /** Lists the newest runs. */
  @GET
  @Path("extract")
  @QueryParameters("limit")
  public List<ExtractionRuns.Item> list(@BeanParam Query query) {
    return runs.list(query.number("limit", 50, 1, 500));
  }

  @GET
  @Path("extract/{id}")
  public ExtractionRuns.Item one(@PathParam("id") UUID id) {
    return runs.find(id);
  }

  /** Lists what validation refused, at most 100. */
  @GET
  @Path("extract/{id}/refusals")
  public List<ExtractionRuns.RefusedItem> refusals(@PathParam("id") UUID id) {
    runs.find(id);
    return runs.refusals(id);
  }

  /** Lists which analysts examined the messages, and which were asked in vain. */
  @GET
  @Path("extract/{id}/analysts")
  public List<AnalystShares.Share> analysts(@PathParam("id") UUID id) {
    runs.find(id);
    return shares.list(id);
  }

  @POST
  @Path("extract/{id}/cancel")
  @Allowed(Role.REVIEWER)
  public ExtractionRuns.Item cancel(@PathParam("id") UUID id) {
    runs.cancel(id);
    return runs.find(id);
  }

  /** Undoes a decision about an atom or a version. */
  @POST
  @Path("decisions/{id}/undo")
  @Allowed(Role.REVIEWER)
  public Decisions.Item undo(@PathParam("id") UUID id) {
    return decisions.undo(id, identity.may(Role.ADMIN), identity.name());
  }
}
