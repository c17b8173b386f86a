package tasktracker.platform.job;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Brings the jobs of one queue to this node: waits for tickets, leases what they tell of, hands it to the workshop.
 * It asks the ledger itself what is due while more waits than there is room for, while the broker is away, and every
 * two seconds: so work never stops, and no lost ticket matters.
 */
final class Dispatcher implements Runnable {

  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
  private static final int MOST_TICKETS = 500;
  private static final long TAKE_TICKETS_EVERY_NS = Duration.ofMillis(500).toNanos();
  private static final long ASK_LEDGER_EVERY_NS = Duration.ofSeconds(2).toNanos();
  private static final long LONGEST_PAUSE_MS = 1_000;

  private final Queue queue;
  private final String node;
  private final JobNotifier notifier;
  private final Leases leases;
  private final WorkerPool workers;
  /** Kinds of which more jobs were due than there was room for. */
  private final Set<String> backlog = new HashSet<>();
  private long askedNs = System.nanoTime();
  private long takenNs = System.nanoTime();
  private long heard;
  private int failures;

  Dispatcher(Queue queue, String node, JobNotifier notifier, Leases leases, WorkerPool workers) {
    this.queue = queue;
    this.node = node;
    this.notifier = notifier;
    this.leases = leases;
    this.workers = workers;
  }

  /** Dispatches until the workshop closes. */
  @Override
  public void run() {
    try {
      while (!workers.isClosed()) {
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
      // The database is away, most likely: it is asked again, soon at first.
      LOG.log(failures == 0 ? Level.WARNING : Level.DEBUG, "Queue " + queue.wire() + " waits: " + e.getMessage());
      TimeUnit.MILLISECONDS.sleep(Math.min(LONGEST_PAUSE_MS, 100L << Math.min(4, failures++)));
    }
  }

  private void dispatch() throws InterruptedException {
    Leases.Room room = workers.room(queue);
    if (room.total() == 0) {
      heard = workers.awaitBell(heard, 200);
      return;
    }
    boolean ask = isTimeToAsk(room);
    int leased = 0;
    if (backlog.isEmpty() || System.nanoTime() - takenNs > TAKE_TICKETS_EVERY_NS) {
      JobNotifier.Taken taken = notifier.take(queue, MOST_TICKETS, backlog.isEmpty() && !ask);
      takenNs = System.nanoTime();
      leased = taken.messages().isEmpty() ? 0 : byTickets(taken, room);
      if (leased < taken.messages().size()) {
        // Some were used up in vain: of jobs that are done, or for which there is no room. The ledger knows which.
        ask = true;
        workers.kinds().stream().filter(kind -> !List.of(room.kinds()).contains(kind)).forEach(backlog::add);
      }
    }
    if (ask) {
      leased += byLedger();
    }
    if (leased == 0 && (!backlog.isEmpty() || !notifier.isReachable())) {
      heard = workers.awaitBell(heard, backlog.isEmpty() ? 500 : 50);
    }
  }

  private int byTickets(JobNotifier.Taken taken, Leases.Room room) {
    List<Claim> claims = leases.claim(taken.jobs(), node, room);
    taken.use();
    workers.take(claims);
    return claims.size();
  }

  private void noteBacklog(Leases.Room room, List<Claim> claims) {
    for (int i = 0; i < room.kinds().length; i++) {
      String kind = room.kinds()[i];
      if (claims.stream().filter(c -> c.kind().equals(kind)).count() >= room.places()[i]) {
        backlog.add(kind);
      }
    }
  }

  private boolean isTimeToAsk(Leases.Room room) {
    return !notifier.isReachable() || System.nanoTime() - askedNs > ASK_LEDGER_EVERY_NS
        || Arrays.stream(room.kinds()).anyMatch(backlog::contains);
  }

  private int byLedger() {
    Leases.Room room = workers.room(queue);
    List<Claim> claims = leases.claimDue(queue, node, room);
    workers.take(claims);
    askedNs = System.nanoTime();
    Arrays.asList(room.kinds()).forEach(backlog::remove);
    noteBacklog(room, claims);
    return claims.size();
  }
}
