package tasktracker.platform.job.run;

import java.util.TreeSet;

/** The claims that this node has sent and whose jobs it has not yet added to its active runs. Thread-safe. */
final class ClaimsInFlight {

  private final TreeSet<Long> open = new TreeSet<>();
  private long last;

  /** Registers a claim before it is sent. The result is passed to {@link #end} once its jobs are active or the claim has failed. */
  synchronized long begin() {
    open.add(++last);
    return last;
  }

  synchronized void end(long claim) {
    open.remove(claim);
  }

  /** A logical time, for {@link #hasOpenBefore}. */
  synchronized long now() {
    return ++last;
  }

  /** True when a claim that began before that time has not ended yet. */
  synchronized boolean hasOpenBefore(long moment) {
    return !open.isEmpty() && open.first() < moment;
  }
}
