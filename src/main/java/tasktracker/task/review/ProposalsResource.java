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
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Allowed;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Role;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;
import tasktracker.task.proposal.ProposalDecisions;
import tasktracker.task.proposal.ProposalDecisions.Decided;
import tasktracker.task.proposal.ProposalFilter;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalQuote;
import tasktracker.task.proposal.ProposalStore;
import tasktracker.task.proposal.Proposals;
import tasktracker.task.proposal.Subtask;

/** API of proposals. */
@RequestScoped
@Path("/api/v1/analysis/proposals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProposalsResource {

  private static final int MAX_BULK = 200;
  @Inject ProposalStore store;
  @Inject Proposals proposals;
  @Inject ProposalDecisions decisions;
  @Inject Identity identity;

  /** A proposal as programs see it. */
  public record ProposalData(UUID id, @Nullable UUID analysisRunId, String proposedTitle, String proposedDescription,
      String proposedPriority, String proposedCategory, @Nullable UUID proposedProjectId, List<String> proposedTags,
      @Nullable UUID proposedAssigneeId, @Nullable String proposedAssigneeName, @Nullable LocalDate proposedDueOn,
      @Nullable Instant proposedDueAt, List<Subtask> proposedSubTasks, List<UUID> sourceMessageIds, int messageCount, long timeSpanSeconds,
      List<ProposalQuote> evidence, @Nullable UUID similarTaskId, @Nullable UUID similarProposalId, @Nullable Double similarityScore,
      String similarityType, String llmRecommendation, double confidence, String reasoning, String analyst, String status,
      @Nullable String reviewNotes, @Nullable UUID taskId, @Nullable String reviewedBy, @Nullable Instant reviewedAt, int revision,
      Instant createdAt) {

    static ProposalData of(ProposalItem p) {
      List<UUID> sources = p.quotes().stream().map(ProposalQuote::messageId).distinct().toList();
      return new ProposalData(p.id(), p.runId(), p.title(), p.description(), p.priority(), p.category(), p.projectId(), p.tags(),
          p.assigneeId(), p.assigneeName(), p.dueOn(), p.dueAt(), p.subtasks(), sources, sources.size(), span(p.quotes()), p.quotes(),
          p.similarTask(), p.similarProposal(), p.similarity(), p.similarityType(), p.recommendation(), p.confidence(),
          p.reasonText(Locale.ENGLISH), p.analyst(), p.status(), p.rejectionReason(), p.taskId(), p.decidedBy(), p.decidedAt(),
          p.revision(), p.createdAt());
    }

    private static long span(List<ProposalQuote> quotes) {
      Instant first = quotes.stream().map(ProposalQuote::sentAt).min(Instant::compareTo).orElse(Instant.EPOCH);
      Instant last = quotes.stream().map(ProposalQuote::sentAt).max(Instant::compareTo).orElse(first);
      return Duration.between(first, last).toSeconds();
    }
  }

  /** A page of proposals. */
  public record Page(List<ProposalData> items, long total, int page, int pageSize) {}

  /** The fields of a proposal to change; missing ones stay, an empty text removes a value. */
  public record ProposalInput(@Nullable String proposedTitle, @Nullable String proposedDescription, @Nullable String proposedPriority,
      @Nullable String proposedCategory, @Nullable String proposedProjectId, @Nullable List<String> proposedTags,
      @Nullable String proposedAssigneeId, @Nullable String proposedAssigneeName, @Nullable String proposedDueOn,
      @Nullable Integer revision) {

    Map<String, String> changes() {
      return new TaskInput(proposedTitle, proposedDescription, null, proposedPriority, proposedCategory, proposedTags, proposedProjectId,
          proposedAssigneeId, proposedAssigneeName, proposedDueOn, null).changes();
    }
  }

  /** The revision that the caller saw; null for any. */
  public record SeenProposal(@Nullable Integer revision) {}

  /** Why a proposal is rejected. */
  public record Rejection(@Nullable String reason, @Nullable Integer revision) {}

  /** The task that a proposal is merged into. */
  public record Merge(@Nullable UUID targetTaskId, @Nullable Integer revision) {}

  /** A decision, which can be undone by its id. */
  public record DecidedProposal(UUID decisionId, ProposalData proposal) {}

  /** Lists proposals, highest confidence first. */
  @GET
  @QueryParameters({"limit", "skip", "run_id", "status", "project_id", "priority", "confidence_min", "confidence_max", "search",
      "sort_by"})
  public Page list(@BeanParam Query query) {
    int limit = query.number("limit", 100, 1, 1000);
    int skip = query.number("skip", 0, 0, 1_000_000);
    String status = query.one("status", ProposalQuery.STATUSES, "all");
    String priority = query.one("priority", Set.of("low", "medium", "high", "critical"), "");
    var filter = new ProposalFilter(query.text("search", 200), status.equals("all") ? null : status, query.id("run_id"),
        query.id("project_id"), priority.isEmpty() ? null : priority, query.fraction("confidence_min"), query.fraction("confidence_max"));
    return new Page(store.list(filter, query.one("sort_by", ProposalStore.ORDERS.keySet(), "confidence"), limit, skip).stream()
        .map(ProposalData::of).toList(), store.count(filter), skip / limit + 1, limit);
  }

  @GET
  @Path("{id}")
  public ProposalData one(@PathParam("id") UUID id) {
    return ProposalData.of(store.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.proposal"))));
  }

  /** Changes what a pending proposal says. */
  @PUT
  @Path("{id}")
  @Allowed(Role.REVIEWER)
  public ProposalData change(@PathParam("id") UUID id, @Nullable ProposalInput request) {
    if (request != null) {
      proposals.edit(id, request.changes(), request.revision(), identity.name());
    }
    return one(id);
  }

  /** Approves a proposal: it becomes a task. */
  @PUT
  @Path("{id}/approve")
  @Allowed(Role.REVIEWER)
  public DecidedProposal approve(@PathParam("id") UUID id, @Nullable SeenProposal seen) {
    return answer(id, decisions.approve(id, seen == null ? null : seen.revision(), identity.name()));
  }

  private DecidedProposal answer(UUID id, Decided decision) {
    return new DecidedProposal(decision.id(), one(id));
  }

  /** Rejects a proposal with a reason; what it says is never proposed again. */
  @PUT
  @Path("{id}/reject")
  @Allowed(Role.REVIEWER)
  public DecidedProposal reject(@PathParam("id") UUID id, @Nullable Rejection request) {
    String reason = request == null || request.reason() == null ? "" : request.reason();
    return answer(id, decisions.reject(id, reason, request == null ? null : request.revision(), identity.name()));
  }

  /** Adds the words of a proposal to a task that exists. */
  @PUT
  @Path("{id}/merge")
  @Allowed(Role.REVIEWER)
  public DecidedProposal merge(@PathParam("id") UUID id, @Nullable Merge request) {
    if (request == null || request.targetTaskId() == null) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.proposal.target"));
    }
    return answer(id, decisions.merge(id, request.targetTaskId(), request.revision(), identity.name()));
  }

  /** The proposals of a bulk action; the reason is needed to reject. */
  public record BulkDecision(@Nullable List<UUID> proposalIds, @Nullable String reason) {}

  /** The outcome of a bulk action; errors are told by id. */
  public record BulkOutcome(int successCount, List<UUID> failedIds, Map<String, String> errors) {}

  /** Approves proposals one by one; one that is refused does not fail the others. */
  @POST
  @Path("bulk-approve")
  @Allowed(Role.REVIEWER)
  public BulkOutcome bulkApprove(@Nullable BulkDecision request) {
    return each(request, id -> decisions.approve(id, null, identity.name()));
  }

  /** Rejects proposals one by one; one that is refused does not fail the others. */
  @POST
  @Path("bulk-reject")
  @Allowed(Role.REVIEWER)
  public BulkOutcome bulkReject(@Nullable BulkDecision request) {
    String reason = request == null || request.reason() == null ? "" : request.reason();
    return each(request, id -> decisions.reject(id, reason, null, identity.name()));
  }

  private static BulkOutcome each(@Nullable BulkDecision request, Consumer<UUID> action) {
    List<UUID> given = request == null || request.proposalIds() == null ? List.of() : request.proposalIds();
    List<UUID> asked = given.stream().filter(Objects::nonNull).distinct().toList();
    if (asked.isEmpty() || asked.size() > MAX_BULK) {
      throw Problem.badRequest(LocalizedMessage.of(asked.isEmpty() ? "problem.proposal.none_selected" : "problem.proposal.too_many",
          MAX_BULK));
    }
    Map<String, String> errors = new LinkedHashMap<>();
    for (UUID id : asked) {
      try {
        action.accept(id);
      } catch (Problem problem) {
        errors.put(id.toString(), problem.detail());
      }
    }
    return new BulkOutcome(asked.size() - errors.size(), errors.keySet().stream().map(UUID::fromString).toList(), errors);
  }

  /** Undoes a decision about a proposal. */
  @POST
  @Path("decisions/{id}/undo")
  @Allowed(Role.REVIEWER)
  public ProposalData undo(@PathParam("id") UUID id) {
    return one(decisions.undo(id, identity.may(Role.ADMIN), identity.name()));
  }
}
