package tasktracker.knowledge.extraction;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** One run of an analyst over a selection of messages, in batches. It resumes after a crash where its last batch ended. */
@Entity
@Table(name = "extraction_run")
public class ExtractionRun {

  private static final int MAX_ERROR = 2000;

  @Id private UUID id;
  private String scope;
  private String triggerType;
  @Enumerated(EnumType.STRING) private RunStatus status;
  private String analyst;
  private String selection;
  @Column(name = "position") private @Nullable String position;
  private @Nullable UUID jobId;
  private @Nullable UUID agentId;
  private long messageCount;
  private long messagesProcessed;
  private int topicsCreated;
  private int atomsCreated;
  private int linksCreated;
  private int versionsCreated;
  private int quotesAdded;
  private int refusedCount;
  private @Nullable String error;
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  private Instant updatedAt;

  protected ExtractionRun() {}

  /**
   * A pending run.
   *
   * @param analyst the name of who will be asked first
   * @param agentId the agent that was chosen; null for those that are assigned
   * @param messageCount how many messages it will examine, as counted at its creation
   */
  public ExtractionRun(UUID id, RunTrigger trigger, String analyst, @Nullable UUID agentId, RunSelection selection, long messageCount,
      String createdBy, Instant now) {
    this.id = id;
    this.scope = trigger.scope();
    this.triggerType = trigger.wire();
    this.analyst = analyst;
    this.agentId = agentId;
    this.selection = selection.toJson();
    this.messageCount = messageCount;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
    this.status = RunStatus.PENDING;
  }

  void assign(UUID job) {
    jobId = job;
  }

  /** A worker starts it, or resumes it after a crash. Returns false when there is nothing to do. */
  boolean start(Instant now) {
    if (status == RunStatus.CANCELLING) {
      finish(RunStatus.CANCELLED, now);
    }
    if (!RunStatus.ACTIVE.contains(status)) {
      return false;
    }
    status = RunStatus.RUNNING;
    startedAt = startedAt == null ? now : startedAt;
    updatedAt = now;
    return true;
  }

  /** An analyst examined a batch; the run carries the name of the first. */
  void recordAnalyst(String name) {
    analyst = messagesProcessed == 0 ? name : analyst;
  }

  /** A batch was stored. */
  void recordBatch(@Nullable RunPosition last, BatchResult result, Instant now) {
    position = last == null ? position : last.toJson();
    messagesProcessed += result.examined();
    messageCount = Math.max(messageCount, messagesProcessed);
    topicsCreated += result.topics();
    atomsCreated += result.atoms();
    linksCreated += result.links();
    versionsCreated += result.versions();
    quotesAdded += result.quotes();
    refusedCount += result.refused();
    updatedAt = now;
  }

  /** Asks it to stop after the batch that is at work. @throws Problem 409 when it has ended */
  void cancel(Instant now) {
    if (!RunStatus.ACTIVE.contains(status)) {
      throw Problem.conflict(LocalizedMessage.of("problem.extraction.ended"));
    }
    if (status == RunStatus.PENDING) {
      finish(RunStatus.CANCELLED, now);
    } else {
      status = RunStatus.CANCELLING;
      updatedAt = now;
    }
  }

  /** Ends it as completed, or as cancelled when that was asked. */
  void complete(Instant now) {
    messageCount = messagesProcessed;
    finish(status == RunStatus.CANCELLING ? RunStatus.CANCELLED : RunStatus.COMPLETED, now);
  }

  void fail(String reason, Instant now) {
    if (RunStatus.ACTIVE.contains(status)) {
      error = reason.substring(0, Math.min(MAX_ERROR, reason.length()));
      finish(RunStatus.FAILED, now);
    }
  }

  private void finish(RunStatus end, Instant now) {
    status = end;
    endedAt = now;
    updatedAt = now;
  }

  boolean isActive() {
    return RunStatus.ACTIVE.contains(status);
  }

  boolean isCancelling() {
    return status == RunStatus.CANCELLING;
  }

  public UUID id() {
    return id;
  }

  RunStatus status() {
    return status;
  }

  RunSelection selection() {
    return RunSelection.parse(selection);
  }

  @Nullable
  RunPosition position() {
    return RunPosition.parse(position);
  }

  @Nullable
  UUID jobId() {
    return jobId;
  }

  @Nullable
  UUID agentId() {
    return agentId;
  }

  String createdBy() {
    return createdBy;
  }

  long messagesProcessed() {
    return messagesProcessed;
  }

  long messageCount() {
    return messageCount;
  }

  RunEvent event() {
    return new RunEvent(id, status.wire(), messageCount, messagesProcessed, topicsCreated, atomsCreated, linksCreated, versionsCreated,
        error);
  }

  /** The payload of the events about runs. */
  public record RunEvent(UUID extractionId, String status, long messageCount, long messagesProcessed, int topicsCreated,
      int atomsCreated, int linksCreated, int versionsCreated, @Nullable String error) {}
}
