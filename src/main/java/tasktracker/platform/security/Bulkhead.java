package tasktracker.platform.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * Lets few run at a time, few more wait, and refuses the rest at once, so that work which is dear on purpose takes no more
 * than its share of threads, processors and memory. Safe for use by many threads.
 */
final class Bulkhead {

  private final int size;
  private final Semaphore places;
  private final Semaphore running;
  private final Duration longestWait;

  /**
   * @param atATime how many run at once
   * @param waiting how many more may wait
   * @param longestWait how long each may wait
   */
  Bulkhead(int atATime, int waiting, Duration longestWait) {
    this.size = atATime + waiting;
    this.places = new Semaphore(size);
    this.running = new Semaphore(atATime, true);
    this.longestWait = longestWait;
  }

  /** @throws Problem 503 with the seconds to wait, when too many wait already or its turn does not come in time */
  <T> T run(Supplier<T> work) {
    if (!places.tryAcquire()) {
      throw busy();
    }
    try {
      return inTurn(work);
    } finally {
      places.release();
    }
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!hasTurn()) {
      throw busy();
    }
    try {
      return work.get();
    } finally {
      running.release();
    }
  }

  private boolean hasTurn() {
    try {
      return running.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many run or wait at this moment. */
  int taken() {
    return size - places.availablePermits();
  }

  private static Problem busy() {
    return Problem.unavailable(LocalizedMessage.of("security.busy"));
  }
}
