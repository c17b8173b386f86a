package tasktracker.platform.job;

import java.util.UUID;

/**
 * A job that this node has leased, and which attempt at it this is.
 *
 * @param payload JSON of the job's record
 * @param attempt 1 for the first
 */
record Claim(UUID id, String kind, String queue, String payload, int attempt, int maxAttempts) {

  Queue line() {
    return Queue.of(queue);
  }
}
