package tasktracker.platform.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a failed job waits: 2 s, doubled with each failure up to 60 s, a quarter more or less by chance. */
final class Backoff {

  private static final long FIRST_MS = 2_000;
  private static final long LONGEST_MS = 60_000;
  private static final double JITTER = 0.25;

  private Backoff() {}

  /**
   * The pause before the next attempt. Chance keeps jobs that failed together from coming back together.
   *
   * @param failures how many attempts have failed, 1 or more
   */
  static Duration after(int failures, RandomGenerator chance) {
    long plain = Math.min(LONGEST_MS, FIRST_MS << Math.min(16, Math.max(0, failures - 1)));
    double factor = 1 + JITTER * (2 * chance.nextDouble() - 1);
    return Duration.ofMillis(Math.round(plain * factor));
  }
}
