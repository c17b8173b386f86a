package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** All places on this node in which jobs are performed, and the bell that rings when one becomes free. */
@ApplicationScoped
public class WorkerPool {

  /** With more attempts than this that the ledger does not know the end of, it must catch up first. */
  private static final int MOST_HELD = 1_000;

  private final JobKinds known;
  private final Worker worker;
  private final ActiveRuns activeRuns;
  private final ProgressReporter progress;
  private final Map<String, KindExecutor> executor = new TreeMap<>();
  private volatile boolean closed;
  private long bell;

  @SuppressWarnings("NullAway")
  protected WorkerPool() {
    this(null, null, null, null); // for the container's proxy
  }

  @Inject
  public WorkerPool(JobKinds known, Worker worker, ActiveRuns activeRuns, ProgressReporter progress) {
    this.known = known;
    this.worker = worker;
    this.activeRuns = activeRuns;
    this.progress = progress;
  }

  void open(Executor threads) {
    for (JobKind work : known.all()) {
      executor.put(work.kind(), new KindExecutor(work, threads, worker::perform, this::wake));
    }
  }

  Set<String> kinds() {
    return executor.keySet();
  }

  /** How many more jobs of the queue this node may lease, for each kind that has room. */
  Leases.Room room(Queue queue) {
    List<String> names = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    boolean crowded = activeRuns.size() > MOST_HELD;
    executor.forEach((kind, of) -> {
      int room = crowded ? 0 : of.room(queue);
      if (room > 0) {
        names.add(kind);
        places.add(room);
      }
    });
    return new Leases.Room(names.toArray(String[]::new), places.toArray(Integer[]::new));
  }

  void take(List<Claim> claims) {
    for (Claim claim : claims) {
      ActiveRun run = new ActiveRun(claim, known.of(claim.kind()), progress);
      activeRuns.add(run);
      if (closed) {
        worker.giveBack(run);
      } else {
        executor.get(claim.kind()).add(run);
      }
    }
  }

  /** Rings the bell: a place became free, or there is work that no ticket tells of. */
  synchronized void wake() {
    bell++;
    notifyAll();
  }

  /**
   * Waits until the bell has rung since it was last heard.
   *
   * @param heard what this method answered last
   */
  synchronized long awaitBell(long heard, long atMostMs) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(atMostMs);
    for (long left = atMostMs; bell == heard && left > 0; ) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
    return bell;
  }

  /** Asks the job to stop, if it runs here. Other nodes learn it from the ledger at their next heartbeat. */
  void cancel(UUID job) {
    activeRuns.find(job).ifPresent(run -> run.stop(ActiveRun.Stop.CANCELLED));
  }

  /** Frees the lanes of attempts that have taken longer than their kind may. */
  void giveUpOverdue() {
    for (ActiveRun run : activeRuns.all()) {
      if (run.isOverdue()) {
        run.stop(ActiveRun.Stop.TIMEOUT);
        if (worker.giveUp(run)) {
          executor.get(run.claim().kind()).freeLane();
        }
      }
    }
  }

  /** True from when the server begins to stop. */
  public boolean isClosed() {
    return closed;
  }

  /** Takes no more, gives back what has not begun, and asks the rest to stop. */
  void close() {
    closed = true;
    wake();
    executor.values().forEach(l -> l.drain().forEach(worker::giveBack));
    activeRuns.all().forEach(run -> run.stop(ActiveRun.Stop.SHUTDOWN));
  }

  /** Gives back what has still not ended. */
  void clear() {
    activeRuns.all().forEach(worker::giveBack);
  }
}
