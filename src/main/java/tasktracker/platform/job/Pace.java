package tasktracker.platform.job;

import java.time.Duration;

/**
 * How slow the jobs of a kind may be, learned from those that were done: the slowest of late, half forgotten after some
 * hundred quick ones. Decides how many to lease ahead; kinds of which little is known lease nothing ahead.
 */
final class Pace {

  /** What is leased ahead should be done within this time; more would only keep it from other nodes. */
  private static final double AHEAD_NS = Duration.ofMillis(150).toNanos();
  private static final double KEPT = 0.99;
  private static final int ENOUGH = 10;
  static final int MOST_AHEAD = 200;

  private double slowestNs;
  private int known;

  synchronized void took(long ns) {
    slowestNs = Math.max(ns, KEPT * slowestNs);
    known = Math.min(ENOUGH, known + 1);
  }

  /** How many jobs to lease beyond those that are being performed. */
  synchronized int ahead(int concurrency) {
    return known < ENOUGH ? 0 : (int) Math.min(MOST_AHEAD, concurrency * AHEAD_NS / Math.max(1, slowestNs));
  }
}
