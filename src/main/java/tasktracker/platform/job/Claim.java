package tasktracker.platform.job;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that this node has leased, and which attempt at it this is.
 *
 * @param payload JSON of the job's record
 * @param attempt 1 for the first
 * @param traceOrigin what was traced where the job was queued; null when nothing was
 * @param lost how many workers the job has lost before
 */
record Claim(UUID id, String kind, String queue, String payload, int attempt, int maxAttempts,
    @Nullable String traceOrigin, int lost) {

  Queue line() {
    return Queue.of(queue);
  }

  /** True when it may be this job that ends its workers, so that no other such job may run beside it. */
  boolean isSuspect() {
    return lost > 0;
  }
}
