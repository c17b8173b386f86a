package tasktracker.platform.job;

import java.time.Duration;

/**
 * How long the jobs of a kind take, learned from those that were done: a mean that forgets, so that one hiccup is over
 * after some twenty jobs. Decides how many to lease ahead; kinds of which little is known lease nothing ahead.
 */
final class PrefetchEstimator {

  /** What is leased ahead should be done within this time; more would only keep it from other nodes. */
  private static final double AHEAD_NS = Duration.ofMillis(150).toNanos();
  private static final double WEIGHT_OF_NEWEST = 0.1;
  private static final int ENOUGH = 10;
  static final int MOST_AHEAD = 200;

  private double usualNs;
  private int known;

  synchronized void took(long ns) {
    usualNs += (known == 0 ? 1 : WEIGHT_OF_NEWEST) * (ns - usualNs);
    known = Math.min(ENOUGH, known + 1);
  }

  /** How many jobs to lease beyond those that are being performed. */
  synchronized int ahead(int concurrency) {
    return known < ENOUGH ? 0 : (int) Math.min(MOST_AHEAD, concurrency * AHEAD_NS / Math.max(1, usualNs));
  }
}
