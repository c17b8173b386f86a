package tasktracker.platform.job.run;

import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.event.Startup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.StoredJobs;
import tasktracker.platform.job.PruneJobs;
import tasktracker.platform.job.Schedules;
import tasktracker.platform.job.admin.JobAdministration;
import tasktracker.platform.job.admin.JobList;

/** The complete job engine of one node without a container. Each statement commits by itself, and events are collected. */
public final class TestNode implements AutoCloseable {

  final List<Object> events = new CopyOnWriteArrayList<>();
  public final JobStore jobStore;
  public final Leases leases;
  public final JobTableMaintenance jobTable;
  public final Jobs jobs;
  public final Schedules schedules;
  final Nodes nodes;
  public final JobAdministration administration;
  public final JobList list;
  final ActiveRuns activeRuns = new ActiveRuns();
  private final JobEventPublisher eventPublisher;
  private final NodeLifecycle node;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  public TestNode(String name, Database database, NatsConnection nats, List<? extends JobHandler<?>> handlers) {
    this(name, "web,worker", database, nats, handlers);
  }

  public TestNode(String name, String roles, Database database, NatsConnection nats, List<? extends JobHandler<?>> handlers) {
    var afterCommit = new Immediately();
    var identity = new NodeIdentity(Optional.of(name), "8000", roles);
    eventPublisher = new JobEventPublisher((event, data) -> events.add(data), scheduler);
    var notifier = new JobNotifier(nats);
    List<JobHandler<?>> all = new ArrayList<>(handlers);
    jobTable = new JobTableMaintenance(database);
    all.add(new PruneJobs.Handler(jobTable, 3, 90));
    var kinds = new JobKinds(all);
    jobStore = new JobStore(database);
    leases = new Leases(database, identity);
    nodes = new Nodes(database);
    schedules = new Schedules(database, jobStore, kinds);
    var completions = new CompletionWriter(leases, activeRuns, eventPublisher);
    var workers = new WorkerPool(kinds,
        new Worker(completions, new io.micrometer.core.instrument.simple.SimpleMeterRegistry(), OpenTelemetry.noop().getTracer("test")),
        activeRuns,
        new ProgressReporter(leases, eventPublisher, afterCommit));
    jobs = new StoredJobs(jobStore, kinds, notifier, workers, afterCommit);
    administration = new JobAdministration(database, jobStore, kinds, workers, eventPublisher, afterCommit);
    list = new JobList(database);
    var maintenance = new NodeMaintenance(activeRuns, workers, leases, new UnansweredClaims(leases, activeRuns, workers, eventPublisher),
        jobTable, notifier, schedules, nodes, identity, eventPublisher, nats);
    node = new NodeLifecycle(identity, kinds, workers, activeRuns, completions, notifier, leases, maintenance);
  }

  public TestNode start() {
    eventPublisher.start(new Startup());
    node.start(threads);
    return this;
  }

  void stop() {
    node.stop();
  }

  /** Stops like a killed process: no job is returned to the queue, and the node is not deregistered. */
  void kill() {
    threads.shutdownNow();
  }

  @Override
  public void close() {
    node.stop();
    eventPublisher.stop();
    scheduler.shutdownNow();
    threads.shutdownNow();
  }

  private static final class Immediately extends AfterCommit {
    @Override
    public void run(Runnable action) {
      action.run();
    }
  }
}
