package tasktracker.platform.job;

import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Brings jobs that have lost a worker to this node, one at a time: when a server ends with several jobs in hand, any of
 * them may be the cause. Run one by one, the cause is the only one of them that goes on losing workers.
 */
final class SuspectDispatcher implements Runnable {

  private static final System.Logger LOG = System.getLogger(SuspectDispatcher.class.getName());
  private static final long WHILE_ONE_RUNS_MS = 20;
  private static final long WHILE_NONE_IS_DUE_MS = 1_000;

  private final String node;
  private final Leases leases;
  private final WorkerPool workers;
  private final ActiveRuns activeRuns;
  private boolean failing;

  SuspectDispatcher(String node, Leases leases, WorkerPool workers, ActiveRuns activeRuns) {
    this.node = node;
    this.leases = leases;
    this.workers = workers;
    this.activeRuns = activeRuns;
  }

  /** Dispatches until the workshop closes. */
  @Override
  public void run() {
    try {
      while (!workers.isClosed()) {
        Thread.sleep(dispatch());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns how many milliseconds to wait before the next look. */
  private long dispatch() {
    if (activeRuns.hasSuspect()) {
      return WHILE_ONE_RUNS_MS;
    }
    try {
      List<Claim> claimed = leases.claimSuspect(node, rooms());
      workers.take(claimed);
      failing = false;
      return claimed.isEmpty() ? WHILE_NONE_IS_DUE_MS : WHILE_ONE_RUNS_MS;
    } catch (RuntimeException e) {
      LOG.log(failing ? Level.DEBUG : Level.WARNING, "Jobs that have lost a worker wait: " + e.getMessage());
      failing = true;
      return WHILE_NONE_IS_DUE_MS;
    }
  }

  private Map<Queue, Leases.Room> rooms() {
    Map<Queue, Leases.Room> rooms = new EnumMap<>(Queue.class);
    for (Queue queue : Queue.values()) {
      rooms.put(queue, workers.room(queue));
    }
    return rooms;
  }
}
