package tasktracker.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls a condition until it holds, with a timeout. */
public final class Await {
  private static final long MIN_PAUSE_NS = Duration.ofMillis(50).toNanos();
  private static final long MAX_PAUSE_NS = Duration.ofMillis(500).toNanos();

  private Await() {}

  /** Waits until the condition holds. @throws AssertionError naming the condition after the timeout */
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    var begun = Instant.now();
    var end = begun.plus(atMost);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Not within " + atMost.toMillis() / 1000.0 + " s: " + what);
      }
      LockSupport.parkNanos(pause(Duration.between(begun, Instant.now())));
    }
  }

  /** A twentieth of the time waited so far, so that polling does not slow down what it waits for. */
  private static long pause(Duration waited) {
    return Math.clamp(waited.toNanos() / 20, MIN_PAUSE_NS, MAX_PAUSE_NS);
  }

  /** Returns the first value that passes. @throws AssertionError with the last value after the timeout */
  public static <T> T forValue(String what, Duration atMost, Supplier<T> value, Predicate<T> passes) {
    var last = new Object() {
      T value;
    };
    try {
      until(what, atMost, () -> passes.test(last.value = value.get()));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; last seen: " + last.value, e);
    }
    return last.value;
  }
}
