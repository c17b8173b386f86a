package tasktracker.platform.job.run;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tasktracker.platform.job.Queue;

/**
 * Claims the jobs of one queue for this node's worker pool. It fetches notifications and claims the jobs that they name. It
 * also polls the job table every two seconds, while the broker is unavailable, and while there is a backlog, so that a lost
 * notification only causes a delay.
 */
final class Dispatcher implements Runnable {

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final int MAX_FETCH = 500;
  private static final long FETCH_INTERVAL_NS = Duration.ofMillis(500).toNanos();
  private static final long POLL_INTERVAL_NS = Duration.ofSeconds(2).toNanos();
  private static final long MAX_BACKOFF_MS = 1_000;

  private final Queue queue;
  private final String node;
  private final JobNotifier notifier;
  private final Leases leases;
  private final WorkerPool workerPool;
  /** Kinds of which more jobs were due than the capacity allowed. */
  private final Set<String> backlog = new HashSet<>();
  private long polledNs = System.nanoTime();
  private long fetchedNs = System.nanoTime();
  private long lastSignal;
  private int failures;

  Dispatcher(Queue queue, String node, JobNotifier notifier, Leases leases, WorkerPool workerPool) {
    this.queue = queue;
    this.node = node;
    this.notifier = notifier;
    this.leases = leases;
    this.workerPool = workerPool;
  }

  /** Dispatches until the worker pool is closed. */
  @Override
  public void run() {
    try {
      while (!workerPool.isClosed()) {
        dispatchOnce();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void dispatchOnce() throws InterruptedException {
    try {
      dispatch();
      failures = 0;
    } catch (RuntimeException e) {
      // Most likely the database is unavailable; retry with a backoff.
      LOG.log(failures == 0 ? Level.WARNING : Level.DEBUG, "Queue " + queue.wire() + " could not be dispatched: " + e.getMessage());
      TimeUnit.MILLISECONDS.sleep(Math.min(MAX_BACKOFF_MS, 100L << Math.min(4, failures++)));
    }
  }

  private void dispatch() throws InterruptedException {
    Leases.Capacity capacity = workerPool.capacity(queue);
    if (capacity.total() == 0) {
      lastSignal = workerPool.awaitSignal(lastSignal, 200);
      return;
    }
    boolean mustPoll = isPollDue(capacity);
    int claimed = 0;
    if (backlog.isEmpty() || System.nanoTime() - fetchedNs > FETCH_INTERVAL_NS) {
      JobNotifier.Fetched notifications = notifier.fetch(queue, MAX_FETCH, backlog.isEmpty() && !mustPoll);
      fetchedNs = System.nanoTime();
      claimed = notifications.messages().isEmpty() ? 0 : claimNotified(notifications, capacity);
      if (claimed < notifications.messages().size()) {
        // Some notified jobs were not claimed: they are finished, or beyond the capacity. Poll the job table to tell which.
        mustPoll = true;
        workerPool.kinds().stream().filter(kind -> !List.of(capacity.kinds()).contains(kind)).forEach(backlog::add);
      }
    }
    if (mustPoll) {
      claimed += pollJobTable();
    }
    if (claimed == 0 && (!backlog.isEmpty() || !notifier.isReachable())) {
      lastSignal = workerPool.awaitSignal(lastSignal, backlog.isEmpty() ? 500 : 50);
    }
  }

  private int claimNotified(JobNotifier.Fetched notifications, Leases.Capacity capacity) {
    return workerPool.claim(() -> {
      List<Claim> claims = leases.claim(notifications.jobIds(), node, capacity);
      notifications.acknowledge();
      return claims;
    }).size();
  }

  private void updateBacklog(Leases.Capacity capacity, List<Claim> claims) {
    for (int i = 0; i < capacity.kinds().length; i++) {
      String kind = capacity.kinds()[i];
      if (claims.stream().filter(c -> c.kind().equals(kind)).count() >= capacity.limits()[i]) {
        backlog.add(kind);
      }
    }
  }

  private boolean isPollDue(Leases.Capacity capacity) {
    return !notifier.isReachable() || System.nanoTime() - polledNs > POLL_INTERVAL_NS
        || Arrays.stream(capacity.kinds()).anyMatch(backlog::contains);
  }

  private int pollJobTable() {
    Leases.Capacity capacity = workerPool.capacity(queue);
    List<Claim> claims = workerPool.claim(() -> leases.claimDue(queue, node, capacity));
    polledNs = System.nanoTime();
    Arrays.asList(capacity.kinds()).forEach(backlog::remove);
    updateBacklog(capacity, claims);
    return claims.size();
  }
}
