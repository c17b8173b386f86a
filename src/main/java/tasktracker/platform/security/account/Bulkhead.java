package tasktracker.platform.security.account;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Limits the concurrency of expensive work: some calls run, some more wait in a queue, and the rest are refused at once.
 * Thread-safe.
 */
final class Bulkhead {

  private final int size;
  private final Semaphore permits;
  private final Semaphore running;
  private final Duration maxWait;

  /**
   * @param concurrency how many calls run at a time
   * @param queueLength how many more may wait
   * @param maxWait the longest wait in the queue
   */
  Bulkhead(int concurrency, int queueLength, Duration maxWait) {
    this.size = concurrency + queueLength;
    this.permits = new Semaphore(size);
    this.running = new Semaphore(concurrency, true);
    this.maxWait = maxWait;
  }

  /** @throws Problem 503 with Retry-After, when the queue is full or the wait is too long */
  <T> T run(Supplier<T> work) {
    if (!permits.tryAcquire()) {
      throw busy();
    }
    try {
      return runInTurn(work);
    } finally {
      permits.release();
    }
  }

  private <T> T runInTurn(Supplier<T> work) {
    if (!acquireTurn()) {
      throw busy();
    }
    try {
      return work.get();
    } finally {
      running.release();
    }
  }

  private boolean acquireTurn() {
    try {
      return running.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many calls run or wait. */
  int inUse() {
    return size - permits.availablePermits();
  }

  private static Problem busy() {
    return Problem.unavailable(LocalizedMessage.of("security.busy"));
  }
}
