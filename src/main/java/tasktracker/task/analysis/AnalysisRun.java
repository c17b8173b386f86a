package tasktracker.task.analysis;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;

/**
 * One run of a task analyst over the messages of a window, in batches. It resumes after a crash where its last batch ended.
 * The states: pending, running, completed, reviewed, closed; from the first two also failed and cancelled.
 */
@Entity
@Table(name = "analysis_run")
public class AnalysisRun {

  private static final int MAX_ERROR = 2000;

  @Id private UUID id;
  private UUID scope;
  private @Nullable UUID projectId;
  private String triggerType;
  @Enumerated(EnumType.STRING) private AnalysisRunStatus status;
  private boolean isCancelling;
  private String analyst;
  private Instant timeWindowStart;
  private Instant timeWindowEnd;
  private boolean includesNoise;
  private boolean isProjectOnly;
  private String configSnapshot;
  @Column(name = "position") private @Nullable String position;
  private @Nullable UUID jobId;
  private @Nullable UUID retryOf;
  private long messagesInWindow;
  private long messagesAfterPrefilter;
  private long messagesProcessed;
  private int batchesTotal;
  private int batchesDone;
  private int refusedCount;
  private @Nullable String error;
  private @Nullable String accuracyMetrics;
  private String createdBy;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private @Nullable Instant completedAt;
  private @Nullable Instant closedAt;
  private Instant updatedAt;

  protected AnalysisRun() {}

  /**
   * A pending run.
   *
   * @param config the settings as they are now
   */
  public AnalysisRun(UUID id, AnalysisSelection selection, AnalysisTrigger trigger, String analyst, AnalysisEstimate estimate,
      Map<String, ?> config, @Nullable UUID retryOf, String createdBy, Instant now) {
    this.id = id;
    this.scope = selection.scope();
    this.projectId = selection.projectId();
    this.triggerType = trigger.wire();
    this.status = AnalysisRunStatus.PENDING;
    this.analyst = analyst;
    this.timeWindowStart = selection.from();
    this.timeWindowEnd = selection.until();
    this.includesNoise = selection.includesNoise();
    this.isProjectOnly = selection.isProjectOnly();
    this.configSnapshot = Json.jsonb().toJson(config);
    this.retryOf = retryOf;
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
    measure(estimate);
  }

  private void measure(AnalysisEstimate estimate) {
    messagesInWindow = estimate.messagesInWindow();
    messagesAfterPrefilter = estimate.messagesAfterPrefilter();
    batchesTotal = Math.max(batchesDone, estimate.batches());
  }

  /** Hands it to a worker. @throws Problem 409 when it is not pending */
  void assign(UUID job) {
    require(status == AnalysisRunStatus.PENDING, "problem.analysis.not_pending");
    jobId = job;
  }

  private static void require(boolean isAllowed, String key, Object... parameters) {
    if (!isAllowed) {
      throw Problem.conflict(LocalizedMessage.of(key, parameters));
    }
  }

  /** A worker begins, or goes on after a crash. Returns false when there is nothing to do. */
  boolean begin(AnalysisEstimate estimate, Instant now) {
    if (!isActive() || isCancelling) {
      finishCancelled(now);
      return false;
    }
    if (status == AnalysisRunStatus.PENDING) {
      measure(estimate);
      startedAt = now;
    }
    status = AnalysisRunStatus.RUNNING;
    updatedAt = now;
    return true;
  }

  private void finishCancelled(Instant now) {
    if (isActive()) {
      status = AnalysisRunStatus.CANCELLED;
      isCancelling = false;
      completedAt = now;
      updatedAt = now;
    }
  }

  /** A batch was stored; the progress never goes backwards. */
  void recordBatch(AnalysisPosition last, int examined, int refused, Instant now) {
    position = last.toJson();
    messagesProcessed += examined;
    messagesAfterPrefilter = Math.max(messagesAfterPrefilter, messagesProcessed);
    batchesDone++;
    batchesTotal = Math.max(batchesTotal, batchesDone);
    refusedCount += refused;
    updatedAt = now;
  }

  /** Asks it to stop after the batch that is at work. @throws Problem 409 when it has ended */
  void cancel(Instant now) {
    require(isActive(), "problem.analysis.ended");
    isCancelling = true;
    updatedAt = now;
    if (status == AnalysisRunStatus.PENDING) {
      finishCancelled(now);
    }
  }

  /** All messages were read. */
  void complete(long pending, Instant now) {
    if (isCancelling) {
      finishCancelled(now);
      return;
    }
    batchesTotal = batchesDone;
    messagesAfterPrefilter = messagesProcessed;
    status = pending == 0 ? AnalysisRunStatus.REVIEWED : AnalysisRunStatus.COMPLETED;
    completedAt = now;
    updatedAt = now;
  }

  void fail(String reason, Instant now) {
    if (isActive()) {
      error = reason.substring(0, Math.min(MAX_ERROR, reason.length()));
      status = AnalysisRunStatus.FAILED;
      completedAt = now;
      updatedAt = now;
    }
  }

  /**
   * A proposal was decided, or waits again.
   *
   * @param mayReopen whether no other run of the project is open
   * @return whether the status changed
   */
  boolean review(long pending, boolean mayReopen, Instant now) {
    AnalysisRunStatus before = status;
    if (status == AnalysisRunStatus.COMPLETED && pending == 0) {
      status = AnalysisRunStatus.REVIEWED;
    } else if (status == AnalysisRunStatus.REVIEWED && pending > 0 && mayReopen) {
      status = AnalysisRunStatus.COMPLETED;
    }
    updatedAt = status == before ? updatedAt : now;
    return status != before;
  }

  /** @throws Problem 400 while proposals wait for a decision, 409 when it is neither completed nor reviewed */
  void close(long pending, String metrics, Instant now) {
    require(status == AnalysisRunStatus.COMPLETED || status == AnalysisRunStatus.REVIEWED, "problem.analysis.not_completed");
    if (pending > 0) {
      throw Problem.badRequest(LocalizedMessage.of("problem.analysis.pending", pending));
    }
    status = AnalysisRunStatus.CLOSED;
    accuracyMetrics = metrics;
    closedAt = now;
    updatedAt = now;
  }

  boolean isActive() {
    return AnalysisRunStatus.ACTIVE.contains(status);
  }

  boolean isCancelling() {
    return isCancelling;
  }

  boolean isOpen() {
    return isActive() || status == AnalysisRunStatus.COMPLETED;
  }

  AnalysisSelection selection() {
    return new AnalysisSelection(timeWindowStart, timeWindowEnd, projectId, isProjectOnly, includesNoise);
  }

  public UUID id() {
    return id;
  }

  UUID scope() {
    return scope;
  }

  AnalysisRunStatus status() {
    return status;
  }

  String triggerType() {
    return triggerType;
  }

  @Nullable
  AnalysisPosition position() {
    return AnalysisPosition.parse(position);
  }

  @Nullable
  UUID jobId() {
    return jobId;
  }

  String createdBy() {
    return createdBy;
  }

  int batchesDone() {
    return batchesDone;
  }

  int batchesTotal() {
    return batchesTotal;
  }

  @Nullable
  String error() {
    return error;
  }

  @Nullable
  Instant startedAt() {
    return startedAt;
  }

  @Nullable
  Instant completedAt() {
    return completedAt;
  }
}
