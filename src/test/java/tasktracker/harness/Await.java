package tasktracker.harness;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until something is so, for no longer than it should take. */
public final class Await {
  private static final long LEAST_NS = Duration.ofMillis(50).toNanos();
  private static final long MOST_NS = Duration.ofMillis(500).toNanos();

  private Await() {}

  /** @throws AssertionError naming what was waited for, if it is not so in time */
  public static void until(String what, Duration atMost, BooleanSupplier isSo) {
    var begun = Instant.now();
    var end = begun.plus(atMost);
    while (!isSo.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("Not within " + atMost.toMillis() / 1000.0 + " s: " + what);
      }
      LockSupport.parkNanos(pause(Duration.between(begun, Instant.now())));
    }
  }

  /** A twentieth of what was waited: asking is work, and takes its time from what is waited for. */
  private static long pause(Duration waited) {
    return Math.clamp(waited.toNanos() / 20, LEAST_NS, MOST_NS);
  }

  /** Returns the first value that passes; the last one is named if none does in time. */
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
