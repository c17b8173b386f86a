package tasktracker.platform.job.run;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tasktracker.platform.job.Queue;

/**
 * Claims jobs that have lost a worker, one at a time. When a server ends with several active jobs, any of them may be the
 * cause; when they are run one by one, only the cause loses further workers.
 */
final class SuspectDispatcher implements Runnable {

  private static final System.Logger LOG = System.getLogger(SuspectDispatcher.class.getName());
  private static final long BUSY_DELAY_MS = 20;
  private static final long IDLE_DELAY_MS = 1_000;

  private final String node;
  private final Leases leases;
  private final WorkerPool workerPool;
  private final ActiveRuns activeRuns;
  private boolean failing;

  SuspectDispatcher(String node, Leases leases, WorkerPool workerPool, ActiveRuns activeRuns) {
    this.node = node;
    this.leases = leases;
    this.workerPool = workerPool;
    this.activeRuns = activeRuns;
  }

  /** Dispatches until the worker pool is closed. */
  @Override
  public void run() {
    try {
      while (!workerPool.isClosed()) {
        Thread.sleep(dispatch());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the milliseconds to wait before the next poll. */
  private long dispatch() {
    if (activeRuns.hasSuspect()) {
      return BUSY_DELAY_MS;
    }
    try {
      List<Claim> claimed = workerPool.claim(() -> leases.claimSuspect(node, capacities()));
      failing = false;
      return claimed.isEmpty() ? IDLE_DELAY_MS : BUSY_DELAY_MS;
    } catch (RuntimeException e) {
      LOG.log(failing ? Level.DEBUG : Level.WARNING, "Jobs that have lost a worker could not be claimed: " + e.getMessage());
      failing = true;
      return IDLE_DELAY_MS;
    }
  }

  private Map<Queue, Leases.Capacity> capacities() {
    Map<Queue, Leases.Capacity> capacities = new EnumMap<>(Queue.class);
    for (Queue queue : Queue.values()) {
      capacities.put(queue, workerPool.capacity(queue));
    }
    return capacities;
  }
}
