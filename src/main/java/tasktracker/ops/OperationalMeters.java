package tasktracker.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.Queue;

/**
 * Keeps the {@link OperationalMetrics} in memory for scrapes. Every node collects all of them, so each node reports the
 * whole cluster; values older than a minute are reported as NaN.
 */
@ApplicationScoped
public class OperationalMeters {

  private static final System.Logger LOG = System.getLogger(OperationalMeters.class.getName());
  private static final int INTERVAL_SECONDS = 15;
  private static final long MAX_AGE_NS = TimeUnit.SECONDS.toNanos(60);
  private static final List<String> BACKUPS = List.of("dump", "base", "drill", "base_drill");

  @Inject OperationalMetrics figures;
  @Inject MeterRegistry meters;
  @Inject NatsConnection nats;
  @Inject JobKinds kinds;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService") ManagedScheduledExecutorService timer;

  private volatile OperationalMetrics.@Nullable Snapshot latest;
  private volatile long refreshedNs = System.nanoTime();
  private boolean isFailing;
  private @Nullable ScheduledFuture<?> task;

  /** The gauges whose rows change. */
  private record MultiGauges(MultiGauge jobs, MultiGauge due, MultiGauge connections, MultiGauge backups, MultiGauge failures,
      MultiGauge archiveFailures, MultiGauge archiveAge) {}

  void start(@Observes Startup event) {
    registerCounters();
    registerGauges();
    MultiGauges gauges = registerMultiGauges();
    task = timer.scheduleWithFixedDelay(() -> refresh(gauges), 1, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private MultiGauges registerMultiGauges() {
    MultiGauge jobs = registerMultiGauge("tasktracker.jobs", "Jobs that are not completed, by kind and state");
    MultiGauge due = registerMultiGauge("tasktracker.job.due.age", "Age of the oldest due job", "seconds");
    MultiGauge connections = registerMultiGauge("tasktracker.database.connections", "Connections of all clients to the database, by state");
    MultiGauge backups = registerMultiGauge("tasktracker.backup.last.success",
        "Time of the last successful backup or drill, since 1970; 0 for never", "seconds");
    MultiGauge failures = registerMultiGauge("tasktracker.backup.last.failure",
        "Time of the last failed backup or drill, since 1970; 0 for never", "seconds");
    MultiGauge archiveFailures = registerMultiGauge("tasktracker.wal.archive.failures",
        "Failed attempts to archive WAL; absent where archiving is off");
    MultiGauge archiveAge = registerMultiGauge("tasktracker.wal.archive.age", "Time since WAL was last archived; absent where it never was",
        "seconds");
    return new MultiGauges(jobs, due, connections, backups, failures, archiveFailures, archiveAge);
  }

  /** Registers counters with zero, because Prometheus does not see an increase from absent to 1. */
  private void registerCounters() {
    List.of("accepted", "refused").forEach(answer -> meters.counter("tasktracker.webhook.updates", "answer", answer));
  }

  private void registerGauges() {
    registerGauge("tasktracker.pipeline.unscored.age", "unscored_age", "Age of the oldest message without a score", "seconds");
    registerGauge("tasktracker.pipeline.unscored", "unscored", "Messages without a score", null);
    registerGauge("tasktracker.pipeline.unembedded", "to_embed", "Messages with text and without a vector", null);
    registerGauge("tasktracker.messages", "messages", "Stored messages", null);
    registerGauge("tasktracker.inbox.failed", "inbox_failed", "Stored updates that could not be parsed", null);
    registerGauge("tasktracker.failed.items", "failed_items", "Failed items of batches", null);
    registerGauge("tasktracker.imports.running", "imports_running", "Running imports", null);
    registerGauge("tasktracker.database.freeze.age", "freeze_age", "Transactions since the oldest row was frozen", null);
    registerGauge("tasktracker.database.size", "database_bytes", "Size of the database", "bytes");
    registerGauge("tasktracker.database.connections.allowed", "connections_allowed", "Maximum number of connections to the database", null);
    registerGauge("tasktracker.nodes.away", "nodes_away", "Nodes that disappeared without a shutdown within a day", null);
    registerCounter("tasktracker.import.messages", "import_messages", "Messages stored by imports");
    registerCounter("tasktracker.import.errors", "import_errors", "Lines that imports could not parse");
    Gauge.builder("tasktracker.figures.age", this, f -> (System.nanoTime() - f.refreshedNs) / 1e9).baseUnit("seconds")
        .description("Age of the metrics from the database").register(meters);
    Gauge.builder("tasktracker.broker.connected", nats, n -> n.connection().isPresent() ? 1 : 0)
        .description("1 while this node is connected to NATS").register(meters);
  }

  private void registerGauge(String name, String figure, String description, @Nullable String unit) {
    Gauge.builder(name, this, f -> f.read(figure)).description(description).baseUnit(unit).register(meters);
  }

  private void registerCounter(String name, String figure, String description) {
    FunctionCounter.builder(name, this, f -> f.read(figure)).description(description).register(meters);
  }

  private double read(String figure) {
    OperationalMetrics.Snapshot now = latest;
    boolean isStale = System.nanoTime() - refreshedNs > MAX_AGE_NS;
    return now == null || isStale ? Double.NaN : now.ones().getOrDefault(figure, Double.NaN);
  }

  private MultiGauge registerMultiGauge(String name, String description, String... unit) {
    return MultiGauge.builder(name).description(description).baseUnit(unit.length == 0 ? null : unit[0]).register(meters);
  }

  /** Logs a warning once for each outage, not every 15 s; the age metric shows how long it lasts. */
  private void refresh(MultiGauges gauges) {
    try {
      OperationalMetrics.Snapshot snapshot = figures.collect();
      latest = snapshot;
      refreshedNs = System.nanoTime();
      isFailing = false;
      publish(gauges, snapshot.many());
    } catch (RuntimeException e) {
      latest = null;
      publish(gauges, List.of());
      LOG.log(isFailing ? Level.DEBUG : Level.WARNING, "Could not collect metrics from the database: {0}", e.getMessage());
      isFailing = true;
    }
  }

  private void publish(MultiGauges gauges, List<OperationalMetrics.Line> lines) {
    gauges.jobs().register(latest == null ? List.of() : jobs(lines), true);
    gauges.due().register(latest == null ? List.of() : queues(lines), true);
    gauges.connections().register(rows(lines, "connections", l -> Tags.of("state", l.first())), true);
    gauges.archiveFailures().register(rows(lines, "archive_failures", l -> Tags.empty()), true);
    gauges.archiveAge().register(rows(lines, "archive_age", l -> Tags.empty()), true);
    gauges.backups().register(latest == null ? List.of() : backups(lines, "ok"), true);
    gauges.failures().register(latest == null ? List.of() : backups(lines, "failed"), true);
  }

  /** Every kind has a count of dead jobs, because Prometheus does not see an increase from absent to 1. */
  private List<MultiGauge.Row<?>> jobs(List<OperationalMetrics.Line> lines) {
    List<MultiGauge.Row<?>> rows = rows(lines, "jobs", l -> Tags.of("kind", l.first(), "state", l.second()));
    kinds.names().stream().filter(kind -> value(lines, "jobs", kind, "dead") == 0)
        .forEach(kind -> rows.add(MultiGauge.Row.of(Tags.of("kind", kind, "state", "dead"), 0)));
    return rows;
  }

  private static List<MultiGauge.Row<?>> rows(List<OperationalMetrics.Line> lines, String figure,
      Function<OperationalMetrics.Line, Tags> tags) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    lines.stream().filter(l -> l.figure().equals(figure)).forEach(l -> rows.add(MultiGauge.Row.of(tags.apply(l), l.value())));
    return rows;
  }

  /** Every queue has an age, 0 when no job is due, so that alerts can distinguish an idle queue from missing metrics. */
  private static List<MultiGauge.Row<?>> queues(List<OperationalMetrics.Line> lines) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (Queue queue : Queue.values()) {
      rows.add(MultiGauge.Row.of(Tags.of("queue", queue.wire()), value(lines, "due", queue.wire(), "")));
    }
    return rows;
  }

  private static List<MultiGauge.Row<?>> backups(List<OperationalMetrics.Line> lines, String state) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    BACKUPS.forEach(kind -> rows.add(MultiGauge.Row.of(Tags.of("kind", kind), value(lines, "backup", kind, state))));
    return rows;
  }

  private static double value(List<OperationalMetrics.Line> lines, String figure, String first, String second) {
    return lines.stream().filter(l -> l.figure().equals(figure) && l.first().equals(first) && l.second().equals(second))
        .mapToDouble(OperationalMetrics.Line::value).findFirst().orElse(0);
  }

  void stop(@Observes Shutdown event) {
    if (task != null) {
      task.cancel(true);
    }
  }
}
