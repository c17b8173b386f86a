package tasktracker.platform.job;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where work to be done later is handed in. */
public interface Jobs {

  /**
   * Writes the job into the ledger inside the caller's transaction; its ticket goes out after commit. A caller
   * without a transaction gets one of its own.
   *
   * @return the id of the job, or of the living job that has the same unique key
   */
  UUID enqueue(Job job, Order order);

  /** As {@link #enqueue(Job, Order)}, with the handler's defaults. */
  default UUID enqueue(Job job) {
    return enqueue(job, Order.USUAL);
  }

  /** Asks a living job to stop; a running one stops at its next checkpoint. */
  void cancel(UUID job);

  /**
   * Wishes of the one who enqueues.
   *
   * @param queue where it waits, or null for the handler's own queue
   * @param uniqueKey at most one living job has this key; null for none
   * @param delay how long to wait before the first attempt
   */
  record Order(@Nullable Queue queue, @Nullable String uniqueKey, Duration delay) {
    public static final Order USUAL = new Order(null, null, Duration.ZERO);

    public static Order once(String uniqueKey) {
      return new Order(null, uniqueKey, Duration.ZERO);
    }

    public static Order on(Queue queue) {
      return new Order(queue, null, Duration.ZERO);
    }

    public Order after(Duration delay) {
      return new Order(queue, uniqueKey, delay);
    }
  }
}
