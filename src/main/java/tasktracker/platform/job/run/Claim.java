package tasktracker.platform.job.run;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Queue;

/**
 * A job that this node has claimed for one attempt.
 *
 * @param payload JSON of the job's record
 * @param attempt number of the attempt, from 1
 * @param traceOrigin trace context of the code that enqueued the job; null when it was not traced
 * @param lost how many workers the job has lost before
 */
public record Claim(UUID id, String kind, String queue, String payload, int attempt, int maxAttempts,
    @Nullable String traceOrigin, int lost) {

  Queue line() {
    return Queue.of(queue);
  }

  /** True when this job may be the cause of lost workers. A node runs at most one such job at a time. */
  public boolean isSuspect() {
    return lost > 0;
  }
}
