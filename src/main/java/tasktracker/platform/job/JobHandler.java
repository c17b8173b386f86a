package tasktracker.platform.job;

import java.time.Duration;

/**
 * Knows how to do one kind of job. Every handler is a CDI bean ({@code @ApplicationScoped}); all are checked when the
 * server starts, and a kind without a handler, or with two, keeps it from starting.
 *
 * <p>{@link #perform} may run twice for one job, after a crash: doing it again must be dull. It opens no transaction
 * while it thinks. Returning means done; {@link JobDiscarded} gives up without a fault, {@link JobSnoozed} comes back
 * later without using up an attempt, any other exception is retried by the policy.
 */
public interface JobHandler<J extends Job> {

  /** The record this handler performs. */
  Class<J> kind();

  void perform(J job, JobRun run) throws Exception;

  default Queue queue() {
    return Queue.DEFAULT;
  }

  /** How often it is tried before it is dead. */
  default int attempts() {
    return 5;
  }

  /** How many of this kind one node performs at the same time. */
  default int concurrency() {
    return 4;
  }

  /** How long one attempt may take before it counts as failed. */
  default Duration timeout() {
    return Duration.ofMinutes(5);
  }
}
