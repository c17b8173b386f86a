package tasktracker.platform.job.run;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobKind;
import tasktracker.platform.job.JobRun;

/** One attempt on this node, from its claim until its outcome is written. Thread-safe. */
public final class ActiveRun implements JobRun {

  /** Why an attempt is asked to stop. */
  enum Stop {
    CANCELLED, SHUTDOWN, TIMEOUT, LOST
  }

  private static final long PROGRESS_INTERVAL_NS = Duration.ofMillis(500).toNanos();

  private final Claim claim;
  private final JobKind kind;
  private final ProgressReporter progress;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Stop stop;
  private volatile boolean stopObserved;
  private volatile Leases.@Nullable Progress latestProgress;
  private volatile boolean completed;
  private volatile boolean aborted;
  private @Nullable Thread thread;
  private long startNs;
  private long lastReportNs = System.nanoTime() - PROGRESS_INTERVAL_NS;

  public ActiveRun(Claim claim, JobKind kind, ProgressReporter progress) {
    this.claim = claim;
    this.kind = kind;
    this.progress = progress;
  }

  Claim claim() {
    return claim;
  }

  JobKind kind() {
    return kind;
  }

  @Override
  public UUID jobId() {
    return claim.id();
  }

  @Override
  public int attempt() {
    return claim.attempt();
  }

  /** Without those that were refunded. */
  @Override
  public int failures() {
    return Math.max(1, claim.attempt() - Math.max(0, claim.maxAttempts() - kind.attempts()));
  }

  synchronized void start() {
    thread = Thread.currentThread();
    startNs = System.nanoTime();
  }

  /**
   * Ends the attempt, from its own thread.
   *
   * @return false when it was aborted before
   */
  synchronized boolean end() {
    thread = null;
    Thread.interrupted();
    return ended.compareAndSet(false, true);
  }

  /**
   * Ends the attempt from another thread, and interrupts its own.
   *
   * @return false when it had ended before
   */
  synchronized boolean abort() {
    aborted = ended.compareAndSet(false, true);
    if (aborted && thread != null) {
      thread.interrupt();
      thread = null;
    }
    return aborted;
  }

  /** True when it was ended while its handler was still running. */
  boolean isAborted() {
    return aborted;
  }

  /** True when the attempt has exceeded the timeout of its kind. */
  synchronized boolean isOverdue() {
    return thread != null && System.nanoTime() - startNs > kind.timeout().toNanos();
  }

  /** Nanoseconds since it started, or 0. */
  synchronized long elapsedNs() {
    return startNs == 0 ? 0 : System.nanoTime() - startNs;
  }

  void requestStop(Stop reason) {
    if (stop == null) {
      stop = reason;
    }
  }

  @Override
  public boolean stopRequested() {
    if (stop != null) {
      stopObserved = true;
    }
    return stop != null;
  }

  @Nullable
  Stop stopReason() {
    return stop;
  }

  /** True when the handler has asked for and received the request to stop. */
  boolean hasObservedStop() {
    return stopObserved;
  }

  Leases.@Nullable Progress latestProgress() {
    return latestProgress;
  }

  boolean isCompleted() {
    return completed;
  }

  @Override
  public void progress(long done, long total, String note) {
    latestProgress = new Leases.Progress(done, total, note);
    if (!completed && System.nanoTime() - lastReportNs >= PROGRESS_INTERVAL_NS) {
      lastReportNs = System.nanoTime();
      if (progress.progress(this, Objects.requireNonNull(latestProgress))) {
        requestStop(Stop.CANCELLED);
      }
    }
  }

  @Override
  public void complete() {
    progress.complete(this);
    completed = true;
  }
}
