package tasktracker.task.proposal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.knowledge.analyst.AnalystReason;

/**
 * A proposal as lists and pages show it.
 *
 * @param quotes the words that it rests on, the most important first
 */
public record ProposalItem(UUID id, @Nullable UUID runId, @Nullable UUID projectId, @Nullable String projectName, String title,
    String description, String priority, String category, List<String> tags, @Nullable UUID assigneeId, @Nullable String assigneeName,
    @Nullable LocalDate dueOn, @Nullable Instant dueAt, List<Subtask> subtasks, double confidence, String analyst, String reason,
    @Nullable String reviewNote, String recommendation, @Nullable UUID similarTask, @Nullable String similarTaskTitle,
    @Nullable UUID similarProposal, @Nullable String similarProposalTitle, @Nullable Double similarity, String similarityType,
    String status, @Nullable String rejectionReason, @Nullable UUID taskId, @Nullable Long taskNumber, Instant saidAt, int revision,
    String createdBy, Instant createdAt, Instant updatedAt, @Nullable String decidedBy, @Nullable Instant decidedAt,
    List<ProposalQuote> quotes) {

  /** The usual reasons of a rejection; the first is the default. */
  public static final List<String> REASONS = List.of("not_relevant", "not_a_task", "done", "duplicate", "unclear");

  /** The row of the table; quotes are added. */
  record Row(UUID id, @Nullable UUID runId, @Nullable UUID projectId, @Nullable String projectName, String title, String description,
      String priority, String category, String tags, @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable LocalDate dueOn,
      @Nullable Instant dueAt, String subTasks, double confidence, String analyst, String reason, @Nullable String reviewNote,
      String recommendation, @Nullable UUID similarTask, @Nullable String similarTaskTitle, @Nullable UUID similarProposal,
      @Nullable String similarProposalTitle, @Nullable Double similarity, String similarityType, String status,
      @Nullable String rejectionReason, @Nullable UUID taskId, @Nullable Long taskNumber, Instant saidAt, int revision, String createdBy,
      Instant createdAt, Instant updatedAt, @Nullable String decidedBy, @Nullable Instant decidedAt) {

    ProposalItem with(List<ProposalQuote> quotes) {
      return new ProposalItem(id, runId, projectId, projectName, title, description, priority, category,
          List.of(Json.jsonb().fromJson(tags, String[].class)), assigneeId, assigneeName, dueOn, dueAt, Subtask.fromJson(subTasks),
          confidence, analyst, reason, reviewNote, recommendation, similarTask, similarTaskTitle, similarProposal, similarProposalTitle,
          similarity, similarityType, status, rejectionReason, taskId, taskNumber, saidAt, revision, createdBy, createdAt, updatedAt,
          decidedBy, decidedAt, quotes);
    }
  }

  static final String SELECT = """
      select p.id, p.run_id, p.project_id, j.name as project_name, p.title, p.description, p.priority, p.category, p.tags, p.assignee_id,
             p.assignee_name, p.due_on, p.due_at, p.sub_tasks, p.confidence::numeric::float8 as confidence, p.analyst, p.reason,
             p.review_note, p.recommendation, p.similar_task, st.title as similar_task_title, p.similar_proposal,
             sp.title as similar_proposal_title, p.similarity::numeric::float8 as similarity, p.similarity_type, p.status,
             p.rejection_reason, p.task_id, t.number as task_number, p.said_at, p.revision, p.created_by, p.created_at, p.updated_at,
             p.decided_by, p.decided_at
        from task_proposal p
        left join project j on j.id = p.project_id
        left join task st on st.id = p.similar_task
        left join task_proposal sp on sp.id = p.similar_proposal
        left join task t on t.id = p.task_id
      """;

  /** Whether a person can still decide. */
  public boolean isPending() {
    return status.equals("pending");
  }

  /** Confidence in percent. */
  public long percent() {
    return Math.round(confidence * 100);
  }

  /** Why the analyst proposed it, in words. */
  public String reasonText(Locale locale) {
    AnalystReason known = Json.jsonb().fromJson(reason, AnalystReason.class);
    return LocalizedMessage.of("task.reason." + known.code(), known.details().toArray()).in(locale);
  }

  /** The reason of the rejection in words: one of the usual ones, or what the person wrote. */
  public String rejectionText(Locale locale) {
    String given = rejectionReason == null ? "" : rejectionReason;
    return REASONS.contains(given) ? LocalizedMessage.of("proposal.reason." + given).in(locale) : given;
  }

  /** The main quote, or null. */
  public @Nullable ProposalQuote mainQuote() {
    return quotes.isEmpty() ? null : quotes.getFirst();
  }

  /** The quotes after the main one. */
  public List<ProposalQuote> furtherQuotes() {
    return quotes.size() < 2 ? List.of() : quotes.subList(1, quotes.size());
  }

  /** Whether the description says more than the main quote and the title. */
  public boolean hasOwnDescription() {
    return !description.isBlank() && !description.equals(title) && (quotes.isEmpty() || !quotes.getFirst().quote().contains(description));
  }

  /** The colour of the badge of its priority. */
  public String priorityKind() {
    return switch (priority) {
      case "critical" -> "bad";
      case "high" -> "warn";
      case "medium" -> "info";
      default -> "neutral";
    };
  }

  /** Whether an existing task or another proposal may be the same. */
  public boolean hasSimilar() {
    return similarTask != null || similarProposal != null;
  }
}
