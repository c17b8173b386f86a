package tasktracker.platform.job;

import java.time.Duration;
import tasktracker.platform.job.run.Backoff;

/**
 * Performs one kind of job. Every handler is a CDI bean ({@code @ApplicationScoped}). The server does not start when a kind
 * has no handler or two.
 *
 * <p>{@link #perform} is idempotent, because it may run again for the same job after a crash. It holds no transaction open
 * while it computes or calls a model. A normal return completes the job, {@link JobDiscarded} ends it without an error,
 * {@link JobSnoozed} postpones it without using an attempt, and any other exception is retried with a {@link Backoff}.
 */
public interface JobHandler<J extends Job> {

  /** The record this handler performs. */
  Class<J> kind();

  void perform(J job, JobRun run) throws Exception;

  default Queue queue() {
    return Queue.DEFAULT;
  }

  /** The number of attempts after which a failing job is dead. */
  default int attempts() {
    return 5;
  }

  /** The most jobs of this kind that one node runs at a time. */
  default int concurrency() {
    return 4;
  }

  /** The longest duration of an attempt; after it the attempt has failed. */
  default Duration timeout() {
    return Duration.ofMinutes(5);
  }
}
