package tasktracker.platform.job;

import java.util.TreeSet;

/** The claims that this node has sent to the ledger and not yet taken up, in order. Safe for use by many threads. */
final class ClaimsInFlight {

  private final TreeSet<Long> open = new TreeSet<>();
  private long last;

  /** A claim is about to be sent; {@link #end} is called with the answer when its jobs are held, or none will be. */
  synchronized long begin() {
    open.add(++last);
    return last;
  }

  synchronized void end(long claim) {
    open.remove(claim);
  }

  /** This moment, to ask {@link #hasOpenBefore} later. */
  synchronized long now() {
    return ++last;
  }

  /** Whether a claim that had begun by that moment has not ended yet. */
  synchronized boolean hasOpenBefore(long moment) {
    return !open.isEmpty() && open.first() < moment;
  }
}
