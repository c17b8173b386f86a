package tasktracker.platform.job.run;

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
import tasktracker.platform.job.PruneJobs;
import tasktracker.platform.job.Schedules;
import tasktracker.platform.log.LogContext;

/**
 * The heartbeat of a node. Each second it extends the leases of its jobs, reads requests to cancel them, recovers jobs of
 * lost nodes, publishes notifications of due jobs, and enqueues scheduled jobs. It runs on one thread, and leases come
 * first: after a stall, a node extends its own leases before it recovers expired ones, and leaves other nodes a few
 * heartbeats to do the same.
 */
@ApplicationScoped
public class NodeMaintenance {

  private static final System.Logger LOG = System.getLogger(NodeMaintenance.class.getName());
  private static final long INTERVAL_MS = 1_000;
  /** An expired lease means a lost node only after this many successful heartbeats in a row. */
  private static final int MIN_SUCCESSFUL_BEATS = 5;
  private static final long STREAM_CHECK_INTERVAL_NS = Duration.ofSeconds(15).toNanos();

  private final ActiveRuns activeRuns;
  private final WorkerPool workerPool;
  private final Leases leases;
  private final UnansweredClaims unanswered;
  private final JobTableMaintenance maintenance;
  private final JobNotifier notifier;
  private final Schedules schedules;
  private final Nodes nodes;
  private final NodeIdentity identity;
  private final JobEventPublisher events;
  private final NatsConnection nats;

  private final Set<String> failing = new HashSet<>();
  private volatile boolean reconnected;
  private long streamCheckedNs;
  private boolean registered;
  /** Starts at the threshold: leases that are expired at the start of a node are not the result of a stall of its own. */
  private int successfulBeats = MIN_SUCCESSFUL_BEATS;

  @Inject
  public NodeMaintenance(ActiveRuns activeRuns, WorkerPool workerPool, Leases leases, UnansweredClaims unanswered,
      JobTableMaintenance maintenance, JobNotifier notifier, Schedules schedules,
      Nodes nodes, NodeIdentity identity, JobEventPublisher events, NatsConnection nats) {
    this.activeRuns = activeRuns;
    this.workerPool = workerPool;
    this.leases = leases;
    this.unanswered = unanswered;
    this.maintenance = maintenance;
    this.notifier = notifier;
    this.schedules = schedules;
    this.nodes = nodes;
    this.identity = identity;
    this.events = events;
    this.nats = nats;
  }

  /**
   * Runs until the worker pool is closed.
   *
   * @param onRegistered called once, after the node was registered
   */
  void runLoop(Runnable onRegistered) {
    nats.whenConnected(() -> reconnected = true);
    try {
      while (!workerPool.isClosed()) {
        runOnce(onRegistered);
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnce(Runnable onRegistered) {
    runStep("time limits", workerPool::timeOutOverdue);
    boolean isRegistered = runStep("presence", () -> registerOrHeartbeat(onRegistered));
    boolean areExtended = runStep("leases", this::extend);
    if (registered) {
      runStep("claims", unanswered::returnToQueue);
    }
    successfulBeats = isRegistered && areExtended ? Math.min(successfulBeats + 1, MIN_SUCCESSFUL_BEATS) : 0;
    if (successfulBeats >= MIN_SUCCESSFUL_BEATS) {
      runStep("lost jobs", () -> publishLost(maintenance.recoverExpired()));
    }
    runStep("notifications", this::publishNotifications);
    runStep("schedules", schedules::enqueueDue);
  }

  /**
   * Runs a step, so that its failure does not affect the others. A failure is logged once until the step succeeds again.
   *
   * @return whether it succeeded
   */
  private boolean runStep(String name, Runnable step) {
    try {
      step.run();
      if (failing.remove(name)) {
        LOG.log(Level.INFO, "Maintenance of jobs works again: {0}", name);
      }
      return true;
    } catch (RuntimeException e) {
      if (!workerPool.isClosed() && failing.add(name)) {
        LOG.log(Level.WARNING, "Maintenance of jobs failed and is retried: " + name, e);
      }
      return false;
    }
  }

  private void registerOrHeartbeat(Runnable onRegistered) {
    if (registered) {
      nodes.recordHeartbeat(identity);
      return;
    }
    if (nodes.register(identity)) {
      publishLost(maintenance.recoverNode(identity.name()));
    } else {
      LOG.log(Level.WARNING,
          "Another node named {0} sent a heartbeat within the last five seconds. Set NODE_NAME if both run at the same time",
          identity.name());
    }
    schedules.put("prune_jobs", "17 * * * *", ZoneOffset.UTC, new PruneJobs());
    registered = true;
    onRegistered.run();
  }

  private void extend() {
    List<ActiveRun> runs = List.copyOf(activeRuns.all());
    if (runs.isEmpty()) {
      return;
    }
    for (Leases.LeaseStatus status : leases.extend(
        runs.stream().map(ActiveRun::jobId).toList(), runs.stream().map(ActiveRun::attempt).toList())) {
      if (status.isCancelled()) {
        activeRuns.find(status.id()).ifPresent(run -> run.requestStop(ActiveRun.Stop.CANCELLED));
      }
    }
  }

  @SuppressWarnings("try") // the log context only has to be open
  private void publishLost(List<JobTableMaintenance.LostJob> lost) {
    for (JobTableMaintenance.LostJob job : lost) {
      try (LogContext of = LogContext.ofJob(job.id(), job.kind())) {
        LOG.log(Level.WARNING, "Job {0} ({1}) is {2}: {3}", job.id(), job.kind(), job.state().wire(), job.error());
      }
      events.changed(new JobEventPublisher.JobChanged(
          job.id(), job.kind(), job.queue(), job.state().wire(), job.attempt(), job.maxAttempts(), job.error()));
    }
  }

  private void publishNotifications() {
    if (!notifier.isReachable()) {
      return;
    }
    if (reconnected || System.nanoTime() - streamCheckedNs > STREAM_CHECK_INTERVAL_NS) {
      checkStream();
    }
    maintenance.claimNotifications().forEach(notifier::publish);
  }

  private void checkStream() {
    try {
      boolean again = reconnected;
      reconnected = false;
      if (notifier.ensureStream() || again) {
        maintenance.resetNotifications();
      }
      streamCheckedNs = System.nanoTime();
    } catch (IOException | JetStreamApiException e) {
      reconnected = true;
      throw new IllegalStateException("NATS did not create the stream " + JobNotifier.STREAM, e);
    }
  }

  void deregister() {
    runStep("presence", () -> nodes.deregister(identity));
  }
}
