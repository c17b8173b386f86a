package tasktracker.platform.job.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Exponential backoff of failed jobs: 2 s, doubled with each failure up to 60 s, with a jitter of 25 %. */
public final class Backoff {

  private static final long INITIAL_MS = 2_000;
  private static final long MAX_MS = 60_000;
  private static final double JITTER = 0.25;

  private Backoff() {}

  /**
   * Returns the delay before the next attempt. The jitter keeps jobs that failed together from being retried together.
   *
   * @param failures how many attempts have failed, 1 or more
   */
  public static Duration after(int failures, RandomGenerator random) {
    long baseMs = Math.min(MAX_MS, INITIAL_MS << Math.min(16, Math.max(0, failures - 1)));
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis(Math.round(baseMs * factor));
  }
}
