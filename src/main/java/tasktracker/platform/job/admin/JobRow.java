package tasktracker.platform.job.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobState;

/**
 * A job for pages and the API.
 *
 * @param payload JSON: ids and small numbers
 * @param attempt number of attempts so far
 * @param startedAt start of the last attempt
 * @param decidedBy who last retried or cancelled it manually
 * @param lost how many workers it has lost without any progress
 */
public record JobRow(UUID id, String kind, String queue, JobState state, String payload, @Nullable String uniqueKey,
    int attempt, int maxAttempts, Instant runAt, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
    @Nullable String node, @Nullable Instant leaseUntil, @Nullable Long progressDone, @Nullable Long progressTotal,
    @Nullable String progressNote, @Nullable Instant cancelRequestedAt, @Nullable String decidedBy,
    @Nullable Instant decidedAt, @Nullable String error, int lost) {

  /** A job that has lost this many workers is dead, and can only be retried individually. */
  public static final int MOST_LOST = 3;

  static final String COLUMNS = """
      id, kind, queue, state, payload::text as payload, unique_key, attempt, max_attempts, run_at, created_at, started_at,
      finished_at, node, lease_until, progress_done, progress_total, progress_note, cancel_requested_at, decided_by,
      decided_at, error, lost
      """;

  public boolean isRunning() {
    return state == JobState.RUNNING;
  }

  public boolean canBeCancelled() {
    return !isEnded() && cancelRequestedAt == null;
  }

  /** Whether a person may return it to the queue in its present state. */
  public boolean canBeRetried() {
    return state.isManuallyRetryable();
  }

  /** True when it is dead because of lost workers. */
  public boolean isWorkerLost() {
    return state == JobState.DEAD && lost >= MOST_LOST;
  }

  public boolean isEnded() {
    return finishedAt != null;
  }

  /** The duration of the last attempt, or until now when it is running. */
  public @Nullable Duration took() {
    if (startedAt == null || !isRunning() && state != JobState.COMPLETED) {
      return null;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt);
  }

  public boolean isDead() {
    return state == JobState.DEAD;
  }

  /** Whether its progress is shown: it told some, or may still. */
  public boolean hasProgress() {
    return progressDone != null || isRunning();
  }

  /** What it has done; 0 when it told nothing. */
  public long done() {
    return progressDone == null ? 0 : progressDone;
  }

  /** What it has to do; 0 when that is unknown. */
  public long total() {
    return progressTotal == null ? 0 : progressTotal;
  }

  /** Its kind, and what it works at. */
  public String progressLabel() {
    return progressNote == null || progressNote.isEmpty() ? kind : kind + " · " + progressNote;
  }

  /** Whether a person asked to cancel it and it has not ended yet. */
  public boolean isCancelling() {
    return cancelRequestedAt != null && isRunning();
  }

  /** Whether it has yet to run. */
  public boolean isWaiting() {
    return !isEnded() && !isRunning();
  }

  /** The wait between the due time and the start of the last attempt. */
  public @Nullable Duration waited() {
    return startedAt == null || startedAt.isBefore(runAt) ? null : Duration.between(runAt, startedAt);
  }
}
