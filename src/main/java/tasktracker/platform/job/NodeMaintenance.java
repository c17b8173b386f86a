package tasktracker.platform.job;

import io.nats.client.JetStreamApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.log.LogContext;

/**
 * What every node does each second: keeps its leases, hears of cancelled jobs, reaps what others left behind, hands
 * out tickets that are owed, fires schedules. One thread, leases first: a node that comes back after a pause extends
 * its own before it looks at those that ran out, and gives other nodes, whose leases ran out in the same pause of the
 * database, a few beats to do likewise.
 */
@ApplicationScoped
public class NodeMaintenance {

  private static final System.Logger LOG = System.getLogger(NodeMaintenance.class.getName());
  private static final long BEAT_MS = 1_000;
  /** So many beats in a row must have reached the ledger before a lease that ran out tells of a lost node. */
  private static final int STEADY = 5;
  private static final long CHECK_STREAM_EVERY_NS = Duration.ofSeconds(15).toNanos();

  private final ActiveRuns activeRuns;
  private final WorkerPool workers;
  private final Leases leases;
  private final UnansweredClaims unanswered;
  private final LedgerMaintenance ledgerMaintenance;
  private final JobNotifier notifier;
  private final Schedules schedules;
  private final Nodes nodes;
  private final NodeIdentity identity;
  private final JobEventPublisher news;
  private final NatsConnection nats;

  private final Set<String> failing = new HashSet<>();
  private volatile boolean reconnected;
  private long checkedNs;
  private boolean entered;
  /** Starts steady: what a node finds at its start was left by others long ago, or is handed back by {@link #showUp}. */
  private int steadyBeats = STEADY;

  @SuppressWarnings("NullAway")
  protected NodeMaintenance() {
    this(null, null, null, null, null, null, null, null, null, null, null); // for the container's proxy
  }

  @Inject
  public NodeMaintenance(ActiveRuns activeRuns, WorkerPool workers, Leases leases, UnansweredClaims unanswered, LedgerMaintenance ledgerMaintenance, JobNotifier notifier, Schedules schedules,
      Nodes nodes, NodeIdentity identity, JobEventPublisher news, NatsConnection nats) {
    this.activeRuns = activeRuns;
    this.workers = workers;
    this.leases = leases;
    this.unanswered = unanswered;
    this.ledgerMaintenance = ledgerMaintenance;
    this.notifier = notifier;
    this.schedules = schedules;
    this.nodes = nodes;
    this.identity = identity;
    this.news = news;
    this.nats = nats;
  }

  /**
   * Beats until the workshop closes.
   *
   * @param whenEntered called once, when the ledger knows that this node lives
   */
  void beat(Runnable whenEntered) {
    nats.whenConnected(() -> reconnected = true);
    try {
      while (!workers.isClosed()) {
        beatOnce(whenEntered);
        TimeUnit.MILLISECONDS.sleep(BEAT_MS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void beatOnce(Runnable whenEntered) {
    part("time limits", workers::giveUpOverdue);
    boolean present = part("presence", () -> showUp(whenEntered));
    boolean extended = part("leases", this::extend);
    if (entered) {
      part("claims", unanswered::giveBack);
    }
    steadyBeats = present && extended ? Math.min(steadyBeats + 1, STEADY) : 0;
    if (steadyBeats >= STEADY) {
      part("reaping", () -> tell(ledgerMaintenance.reap()));
    }
    part("tickets", this::handOut);
    part("schedules", schedules::fire);
  }

  /**
   * One part that fails does not keep the others from being done. Logged once until it goes well again.
   *
   * @return whether it went well
   */
  private boolean part(String name, Runnable part) {
    try {
      part.run();
      if (failing.remove(name)) {
        LOG.log(Level.INFO, "Job upkeep goes on: {0}", name);
      }
      return true;
    } catch (RuntimeException e) {
      if (!workers.isClosed() && failing.add(name)) {
        LOG.log(Level.WARNING, "Job upkeep waits: " + name, e);
      }
      return false;
    }
  }

  private void showUp(Runnable whenEntered) {
    if (entered) {
      nodes.show(identity);
      return;
    }
    if (nodes.enter(identity)) {
      tell(ledgerMaintenance.recover(identity.name()));
    } else {
      LOG.log(Level.WARNING, "Another server called {0} was here a moment ago; set NODE_NAME if both run at a time",
          identity.name());
    }
    schedules.put("prune_jobs", "17 * * * *", ZoneOffset.UTC, new PruneJobs());
    entered = true;
    whenEntered.run();
  }

  private void extend() {
    List<ActiveRun> runs = List.copyOf(activeRuns.all());
    if (runs.isEmpty()) {
      return;
    }
    for (Leases.Standing standing : leases.extend(
        runs.stream().map(ActiveRun::jobId).toList(), runs.stream().map(ActiveRun::attempt).toList())) {
      if (standing.isCancelled()) {
        activeRuns.find(standing.id()).ifPresent(run -> run.stop(ActiveRun.Stop.CANCELLED));
      }
    }
  }

  @SuppressWarnings("try") // open is all that the log's context has to be
  private void tell(List<LedgerMaintenance.Lost> lost) {
    for (LedgerMaintenance.Lost job : lost) {
      try (LogContext of = LogContext.ofJob(job.id(), job.kind())) {
        LOG.log(Level.WARNING, "Job {0} ({1}) is {2}: {3}", job.id(), job.kind(), job.state(), job.error());
      }
      news.changed(new JobEventPublisher.JobChanged(
          job.id(), job.kind(), job.queue(), job.state(), job.attempt(), job.maxAttempts(), job.error()));
    }
  }

  private void handOut() {
    if (!notifier.isReachable()) {
      return;
    }
    if (reconnected || System.nanoTime() - checkedNs > CHECK_STREAM_EVERY_NS) {
      checkStream();
    }
    ledgerMaintenance.oweNoTickets().forEach(notifier::publish);
  }

  private void checkStream() {
    try {
      boolean again = reconnected;
      reconnected = false;
      if (notifier.ensure() || again) {
        ledgerMaintenance.oweTickets();
      }
      checkedNs = System.nanoTime();
    } catch (IOException | JetStreamApiException e) {
      reconnected = true;
      throw new IllegalStateException("NATS does not give us the stream " + JobNotifier.STREAM, e);
    }
  }

  void sayGoodbye() {
    part("presence", () -> nodes.leave(identity));
  }
}
