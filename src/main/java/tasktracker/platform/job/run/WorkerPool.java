package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tasktracker.platform.job.JobKind;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.Queue;

/** The executors of all kinds of jobs on this node. It signals dispatchers when capacity becomes free. Thread-safe. */
@ApplicationScoped
public class WorkerPool {

  /** With more active attempts than this, nothing is claimed until {@link CompletionWriter} has caught up. */
  private static final int MAX_ACTIVE = 1_000;

  private final JobKinds jobKinds;
  private final Worker worker;
  private final ActiveRuns activeRuns;
  private final ProgressReporter progress;
  private final Map<String, KindExecutor> executors = new TreeMap<>();
  private final ClaimsInFlight claimsInFlight = new ClaimsInFlight();
  private volatile boolean closed;
  private long signals;

  @Inject
  public WorkerPool(JobKinds jobKinds, Worker worker, ActiveRuns activeRuns, ProgressReporter progress) {
    this.jobKinds = jobKinds;
    this.worker = worker;
    this.activeRuns = activeRuns;
    this.progress = progress;
  }

  void open(Executor threads) {
    for (JobKind kind : jobKinds.all()) {
      executors.put(kind.kind(), new KindExecutor(kind, threads, worker::run, this::signal));
    }
  }

  Set<String> kinds() {
    return executors.keySet();
  }

  /** How many more jobs of the queue this node may claim, for each kind with free capacity. */
  Leases.Capacity capacity(Queue queue) {
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    boolean isFull = activeRuns.size() > MAX_ACTIVE;
    executors.forEach((kind, of) -> {
      int capacity = isFull ? 0 : of.capacity(queue);
      if (capacity > 0) {
        names.add(kind);
        places.add(capacity);
      }
    });
    return new Leases.Capacity(names.toArray(String[]::new), places.toArray(Integer[]::new));
  }

  /** Runs a claim and accepts the claimed jobs. */
  List<Claim> claim(Supplier<List<Claim>> ask) {
    long claim = claimsInFlight.begin();
    try {
      List<Claim> claims = ask.get();
      accept(claims);
      return claims;
    } finally {
      claimsInFlight.end(claim);
    }
  }

  ClaimsInFlight claimsInFlight() {
    return claimsInFlight;
  }

  private void accept(List<Claim> claims) {
    for (Claim claim : claims) {
      ActiveRun run = new ActiveRun(claim, jobKinds.of(claim.kind()), progress);
      activeRuns.add(run);
      if (closed) {
        worker.returnToQueue(run);
      } else {
        executor(claim).add(run);
      }
    }
  }

  private KindExecutor executor(Claim claim) {
    // Only jobs of the kinds that capacity() lists are claimed, and those have an executor.
    return Objects.requireNonNull(executors.get(claim.kind()), claim.kind());
  }

  /** Signals dispatchers that capacity became free, or that a job was enqueued without a notification. */
  public synchronized void signal() {
    signals++;
    notifyAll();
  }

  /**
   * Waits for a signal after {@code lastSignal}.
   *
   * @param lastSignal the last result of this method
   */
  synchronized long awaitSignal(long lastSignal, long atMostMs) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMs);
    for (long left = atMostMs; signals == lastSignal && left > 0;) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
    return signals;
  }

  /** Asks the job to stop if it runs on this node. Other nodes read the request from the job table at their next heartbeat. */
  public void cancel(UUID job) {
    activeRuns.find(job).ifPresent(run -> run.requestStop(ActiveRun.Stop.CANCELLED));
  }

  /** Ends attempts that exceeded the timeout of their kind, and releases their slots. */
  void timeOutOverdue() {
    for (ActiveRun run : activeRuns.all()) {
      if (run.isOverdue()) {
        run.requestStop(ActiveRun.Stop.TIMEOUT);
        if (worker.timeOut(run)) {
          executor(run.claim()).releaseSlot();
        }
      }
    }
  }

  /** True once the server is shutting down. */
  public boolean isClosed() {
    return closed;
  }

  /** Accepts no more jobs, returns prefetched jobs to the queue, and asks running ones to stop. */
  void close() {
    closed = true;
    signal();
    executors.values().forEach(l -> l.drain().forEach(worker::returnToQueue));
    activeRuns.all().forEach(run -> run.requestStop(ActiveRun.Stop.SHUTDOWN));
  }

  /** Returns all jobs to the queue that are still running. */
  void returnUnfinished() {
    activeRuns.all().forEach(worker::returnToQueue);
  }
}
