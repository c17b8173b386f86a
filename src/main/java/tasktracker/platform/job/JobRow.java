package tasktracker.platform.job;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as people and programs see it.
 *
 * @param payload JSON: ids and small numbers
 * @param attempt attempts begun so far
 * @param startedAt when the last attempt began
 * @param decidedBy who last retried or cancelled it by hand
 * @param lost how many workers it has lost without any progress
 */
public record JobRow(UUID id, String kind, String queue, String state, String payload, @Nullable String uniqueKey,
    int attempt, int maxAttempts, Instant runAt, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
    @Nullable String node, @Nullable Instant leaseUntil, @Nullable Long progressDone, @Nullable Long progressTotal,
    @Nullable String progressNote, @Nullable Instant cancelRequestedAt, @Nullable String decidedBy,
    @Nullable Instant decidedAt, @Nullable String error, int lost) {

  /** A job that has lost so many workers is dead, and is retried only by itself. */
  public static final int MOST_LOST = 3;

  static final String COLUMNS = """
      id, kind, queue, state, payload::text as payload, unique_key, attempt, max_attempts, run_at, created_at, started_at,
      finished_at, node, lease_until, progress_done, progress_total, progress_note, cancel_requested_at, decided_by,
      decided_at, error, lost
      """;

  public boolean isRunning() {
    return state.equals("running");
  }

  public boolean canBeCancelled() {
    return !isEnded() && cancelRequestedAt == null;
  }

  public boolean canBeRetried() {
    return JobFilter.RETRYABLE.contains(state);
  }

  /** True when it is dead because it has lost its workers. */
  public boolean isWorkerLost() {
    return state.equals("dead") && lost >= MOST_LOST;
  }

  public boolean isEnded() {
    return finishedAt != null;
  }

  /** How long the last attempt took, or has taken until now. */
  public @Nullable Duration took() {
    if (startedAt == null || !isRunning() && !state.equals("completed")) {
      return null;
    }
    return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt);
  }

  /** How long it waited between being due and its last attempt. */
  public @Nullable Duration waited() {
    return startedAt == null || startedAt.isBefore(runAt) ? null : Duration.between(runAt, startedAt);
  }
}
