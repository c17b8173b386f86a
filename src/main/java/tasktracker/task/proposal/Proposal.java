package tasktracker.task.proposal;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.NormalizedText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;
import tasktracker.task.TaskFields;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;

/** A proposed task. A person decides about it once; only an undone decision can be made again. */
@Entity
@Table(name = "task_proposal")
public class Proposal {

  public static final int MAX_REASON = 1000;

  @Id private UUID id;
  private @Nullable UUID runId;
  private @Nullable UUID projectId;
  private String title;
  private String titleKey;
  private String description;
  private String priority;
  private String category;
  private String tags;
  private @Nullable UUID assigneeId;
  private @Nullable String assigneeName;
  private @Nullable LocalDate dueOn;
  private @Nullable Instant dueAt;
  private String subTasks;
  private @Nullable String reviewNote;
  private byte[] fingerprint;
  @Enumerated(EnumType.STRING) private ProposalStatus status;
  private @Nullable String rejectionReason;
  private @Nullable UUID taskId;
  private int revision;
  private String createdBy;
  private Instant updatedAt;
  private @Nullable String decidedBy;
  private @Nullable Instant decidedAt;

  protected Proposal() {}

  /** It became a task. @throws Problem 409 when it is already decided */
  void approve(UUID task, String by, Instant now) {
    decide(ProposalStatus.APPROVED, by, now);
    taskId = task;
  }

  /** Its words belong to a task that exists. @throws Problem 409 when it is already decided */
  void merge(UUID task, String by, Instant now) {
    decide(ProposalStatus.MERGED, by, now);
    taskId = task;
  }

  /** @throws Problem 409 when it is already decided, 400 without a reason */
  void reject(String reason, String by, Instant now) {
    String given = reason.strip();
    if (given.isEmpty() || given.length() > MAX_REASON) {
      throw Problem.badRequest(LocalizedMessage.of("problem.proposal.reason", MAX_REASON));
    }
    decide(ProposalStatus.REJECTED, by, now);
    rejectionReason = given;
  }

  private void decide(ProposalStatus decision, String by, Instant now) {
    requirePending();
    status = decision;
    reviewNote = null;
    decidedBy = by;
    decidedAt = now;
    touch(now);
  }

  void requirePending() {
    if (status != ProposalStatus.PENDING) {
      throw alreadyDecided();
    }
  }

  /** Says what was decided, and by whom. */
  Problem alreadyDecided() {
    return Problem.conflict(LocalizedMessage.of("problem.proposal.decided." + status.wire(), decidedBy == null ? createdBy : decidedBy));
  }

  /** It waits for a decision again. */
  void reopen(Instant now) {
    status = ProposalStatus.PENDING;
    rejectionReason = null;
    taskId = null;
    decidedBy = null;
    decidedAt = null;
    touch(now);
  }

  /** Changes what it says. @throws Problem 409 when it is decided */
  void edit(TaskFields fields, Instant now) {
    requirePending();
    title = fields.title();
    titleKey = NormalizedText.keyOf(title);
    description = fields.description();
    priority = fields.priority().wire();
    category = fields.category().wire();
    tags = TaskFields.tagsToJson(fields.tags());
    projectId = fields.projectId();
    assigneeId = fields.assigneeId();
    assigneeName = fields.assigneeName();
    dueOn = fields.dueOn();
    dueAt = fields.dueAt();
    touch(now);
  }

  /** The words that it rests on are no longer as they were, or null when they are. */
  void note(@Nullable String note, Instant now) {
    if (status == ProposalStatus.PENDING && !java.util.Objects.equals(reviewNote, note)) {
      reviewNote = note;
      touch(now);
    }
  }

  private void touch(Instant now) {
    revision++;
    updatedAt = now;
  }

  /** What the task will say. */
  TaskFields fields() {
    return new TaskFields(title, description, TaskPriority.of(priority).orElseThrow(), TaskCategory.of(category).orElseThrow(),
        TaskFields.tagsFromJson(tags), projectId, assigneeId, assigneeName, dueOn, dueAt);
  }

  List<Subtask> subtasks() {
    return Subtask.fromJson(subTasks);
  }

  public UUID id() {
    return id;
  }

  @Nullable
  UUID runId() {
    return runId;
  }

  String title() {
    return title;
  }

  public ProposalStatus status() {
    return status;
  }

  @Nullable
  String rejectionReason() {
    return rejectionReason;
  }

  @Nullable
  UUID taskId() {
    return taskId;
  }

  byte[] fingerprint() {
    return fingerprint.clone();
  }

  int revision() {
    return revision;
  }
}
