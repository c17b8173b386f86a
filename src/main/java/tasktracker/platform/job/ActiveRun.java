package tasktracker.platform.job;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt, from its claim by this node until it is settled. */
final class ActiveRun implements JobRun {

  /** Why an attempt is asked to stop. */
  enum Stop {
    CANCELLED, SHUTDOWN, TIMEOUT, LOST
  }

  private static final long PROGRESS_EVERY_NS = Duration.ofMillis(500).toNanos();

  private final Claim claim;
  private final JobKind work;
  private final ProgressReporter progress;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Stop stop;
  private volatile boolean told;
  private volatile Leases.@Nullable Progress latest;
  private volatile boolean completed;
  private volatile boolean givenUp;
  private @Nullable Thread thread;
  private long begunNs;
  private long writtenNs = System.nanoTime() - PROGRESS_EVERY_NS;

  ActiveRun(Claim claim, JobKind work, ProgressReporter progress) {
    this.claim = claim;
    this.work = work;
    this.progress = progress;
  }

  Claim claim() {
    return claim;
  }

  JobKind work() {
    return work;
  }

  @Override
  public UUID jobId() {
    return claim.id();
  }

  @Override
  public int attempt() {
    return claim.attempt();
  }

  /** How many attempts have failed if this one does, not counting what was nobody's fault. */
  int failures() {
    return Math.max(1, claim.attempt() - Math.max(0, claim.maxAttempts() - work.attempts()));
  }

  synchronized void begin() {
    thread = Thread.currentThread();
    begunNs = System.nanoTime();
  }

  /**
   * Ends the attempt, from its own thread.
   *
   * @return false when somebody gave up on it before
   */
  synchronized boolean end() {
    thread = null;
    Thread.interrupted();
    return ended.compareAndSet(false, true);
  }

  /**
   * Ends the attempt from another thread, and wakes its own out of whatever it waits for.
   *
   * @return false when it had ended before
   */
  synchronized boolean giveUp() {
    givenUp = ended.compareAndSet(false, true);
    if (givenUp && thread != null) {
      thread.interrupt();
      thread = null;
    }
    return givenUp;
  }

  /** True when its thread was still at it when it was ended. */
  boolean isGivenUp() {
    return givenUp;
  }

  /** True when the attempt has taken longer than its kind may. */
  synchronized boolean isOverdue() {
    return thread != null && System.nanoTime() - begunNs > work.timeout().toNanos();
  }

  /** Nanoseconds since it began. */
  synchronized long age() {
    return begunNs == 0 ? 0 : System.nanoTime() - begunNs;
  }

  void stop(Stop reason) {
    if (stop == null) {
      stop = reason;
    }
  }

  @Override
  public boolean stopRequested() {
    if (stop != null) {
      told = true;
    }
    return stop != null;
  }

  @Nullable Stop stopReason() {
    return stop;
  }

  /** True when the handler has heard that it should stop. */
  boolean wasTold() {
    return told;
  }

  Leases.@Nullable Progress latest() {
    return latest;
  }

  boolean isCompleted() {
    return completed;
  }

  @Override
  public void progress(long done, long total, String note) {
    latest = new Leases.Progress(done, total, note);
    if (!completed && System.nanoTime() - writtenNs >= PROGRESS_EVERY_NS) {
      writtenNs = System.nanoTime();
      if (progress.progress(this, Objects.requireNonNull(latest))) {
        stop(Stop.CANCELLED);
      }
    }
  }

  @Override
  public void complete() {
    progress.complete(this);
    completed = true;
  }
}
