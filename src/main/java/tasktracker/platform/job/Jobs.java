package tasktracker.platform.job;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Enqueues jobs for later execution. */
public interface Jobs {

  /**
   * Writes the job into the job table inside the caller's transaction; workers are notified after the commit. A caller
   * without a transaction gets one of its own.
   *
   * @return the id of the job, or of the unfinished job that has the same unique key
   */
  UUID enqueue(Job job, Options options);

  /** As {@link #enqueue(Job, Options)}, with the handler's defaults. */
  default UUID enqueue(Job job) {
    return enqueue(job, Options.DEFAULT);
  }

  /** Cancels a waiting job, and asks a running one to stop at its next checkpoint. */
  void cancel(UUID job);

  /**
   * How a job is enqueued.
   *
   * @param queue the queue, or null for the handler's default
   * @param uniqueKey at most one unfinished job has this key; null for none
   * @param delay the wait before the first attempt
   */
  record Options(@Nullable Queue queue, @Nullable String uniqueKey, Duration delay) {
    public static final Options DEFAULT = new Options(null, null, Duration.ZERO);

    public static Options once(String uniqueKey) {
      return new Options(null, uniqueKey, Duration.ZERO);
    }

    public static Options on(Queue queue) {
      return new Options(queue, null, Duration.ZERO);
    }

    public Options withQueue(Queue queue) {
      return new Options(queue, uniqueKey, delay);
    }

    public Options after(Duration delay) {
      return new Options(queue, uniqueKey, delay);
    }
  }
}
