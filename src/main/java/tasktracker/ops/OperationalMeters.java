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
 * Keeps the {@link OperationalMetrics} in memory for those who scrape. Every node gathers for itself, so that any of them tells
 * the whole truth; figures that are older than a minute are not told any more.
 */
@ApplicationScoped
public class OperationalMeters {

  private static final System.Logger LOG = System.getLogger(OperationalMeters.class.getName());
  private static final int EVERY_SECONDS = 15;
  private static final long TOO_OLD_NS = TimeUnit.SECONDS.toNanos(60);
  private static final List<String> BACKUPS = List.of("dump", "base", "drill", "base_drill");

  @Inject OperationalMetrics figures;
  @Inject MeterRegistry meters;
  @Inject NatsConnection nats;
  @Inject JobKinds kinds;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  @Nullable ManagedScheduledExecutorService timer;

  private volatile OperationalMetrics.@Nullable Gathered gathered;
  private volatile long gatheredNs = System.nanoTime();
  private boolean failing;
  private @Nullable ScheduledFuture<?> gathering;
  private @Nullable MultiGauge jobs;
  private @Nullable MultiGauge due;
  private @Nullable MultiGauge connections;
  private @Nullable MultiGauge backups;
  private @Nullable MultiGauge failures;
  private @Nullable MultiGauge archiveFailures;
  private @Nullable MultiGauge archiveAge;

  void start(@Observes Startup event) {
    zeros();
    ones();
    jobs = many("tasktracker.jobs", "Jobs that have not ended well, by kind and state");
    due = many("tasktracker.job.due.age", "How long the job waits that came due first", "seconds");
    connections = many("tasktracker.database.connections", "Connections to the database, by state, of all who use it");
    backups = many("tasktracker.backup.last.success", "When a backup or drill last went well, since 1970; 0 for never", "seconds");
    failures = many("tasktracker.backup.last.failure", "When a backup or drill last failed, since 1970; 0 for never", "seconds");
    archiveFailures = many("tasktracker.wal.archive.failures", "Failed attempts to archive WAL; not told where it is not archived");
    archiveAge = many("tasktracker.wal.archive.age", "Since WAL was last archived; not told where it never was", "seconds");
    gathering = timer.scheduleWithFixedDelay(this::gather, 1, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Counters of events that have not happened yet: without a zero the first one is no increase. */
  private void zeros() {
    List.of("accepted", "refused").forEach(answer -> meters.counter("tasktracker.webhook.updates", "answer", answer));
  }

  private void ones() {
    one("tasktracker.pipeline.unscored.age", "unscored_age", "How long the message waits for its score that waits longest", "seconds");
    one("tasktracker.pipeline.unscored", "unscored", "Messages without a score", null);
    one("tasktracker.pipeline.unembedded", "to_embed", "Messages with text and without a vector", null);
    one("tasktracker.messages", "messages", "Messages kept", null);
    one("tasktracker.inbox.failed", "inbox_failed", "Updates that are kept and could not be read", null);
    one("tasktracker.imports.running", "imports_running", "Imports under way", null);
    one("tasktracker.database.freeze.age", "freeze_age", "Transactions since the oldest row was frozen", null);
    one("tasktracker.database.size", "database_bytes", "Size of the database", "bytes");
    one("tasktracker.database.connections.allowed", "connections_allowed", "Connections the database takes", null);
    one("tasktracker.nodes.away", "nodes_away", "Servers that went without a goodbye within a day", null);
    total("tasktracker.import.messages", "import_messages", "Messages stored by imports");
    total("tasktracker.import.errors", "import_errors", "Lines that imports could not read");
    Gauge.builder("tasktracker.figures.age", this, f -> (System.nanoTime() - f.gatheredNs) / 1e9).baseUnit("seconds")
        .description("How old the figures from the database are").register(meters);
    Gauge.builder("tasktracker.broker.connected", nats, n -> n.connection().isPresent() ? 1 : 0)
        .description("1 while this node reaches NATS").register(meters);
  }

  private void one(String name, String figure, String description, @Nullable String unit) {
    Gauge.builder(name, this, f -> f.read(figure)).description(description).baseUnit(unit).register(meters);
  }

  private void total(String name, String figure, String description) {
    FunctionCounter.builder(name, this, f -> f.read(figure)).description(description).register(meters);
  }

  private double read(String figure) {
    OperationalMetrics.Gathered now = gathered;
    boolean isOld = System.nanoTime() - gatheredNs > TOO_OLD_NS;
    return now == null || isOld ? Double.NaN : now.ones().getOrDefault(figure, Double.NaN);
  }

  private MultiGauge many(String name, String description, String... unit) {
    return MultiGauge.builder(name).description(description).baseUnit(unit.length == 0 ? null : unit[0]).register(meters);
  }

  /** One failure is one line in the log, not one every fifteen seconds: the age of the figures tells the rest. */
  private void gather() {
    try {
      OperationalMetrics.Gathered fresh = figures.gather();
      gathered = fresh;
      gatheredNs = System.nanoTime();
      failing = false;
      show(fresh.many());
    } catch (RuntimeException e) {
      gathered = null;
      show(List.of());
      LOG.log(failing ? Level.DEBUG : Level.WARNING, "Figures for the metrics were not gathered: {0}", e.getMessage());
      failing = true;
    }
  }

  private void show(List<OperationalMetrics.Line> lines) {
    jobs.register(gathered == null ? List.of() : jobs(lines), true);
    due.register(gathered == null ? List.of() : queues(lines), true);
    connections.register(rows(lines, "connections", l -> Tags.of("state", l.first())), true);
    archiveFailures.register(rows(lines, "archive_failures", l -> Tags.empty()), true);
    archiveAge.register(rows(lines, "archive_age", l -> Tags.empty()), true);
    backups.register(gathered == null ? List.of() : backups(lines, "ok"), true);
    failures.register(gathered == null ? List.of() : backups(lines, "failed"), true);
  }

  /** Every kind has its dead, 0 when there are none: without a zero the first one is no increase. */
  private List<MultiGauge.Row<?>> jobs(List<OperationalMetrics.Line> lines) {
    List<MultiGauge.Row<?>> rows = rows(lines, "jobs", l -> Tags.of("kind", l.first(), "state", l.second()));
    kinds.names().stream().filter(kind -> value(lines, "jobs", kind, "dead") == 0)
        .forEach(kind -> rows.add(MultiGauge.Row.of(Tags.of("kind", kind, "state", "dead"), 0)));
    return rows;
  }

  private static List<MultiGauge.Row<?>> rows(List<OperationalMetrics.Line> lines, String figure, Function<OperationalMetrics.Line, Tags> tags) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    lines.stream().filter(l -> l.figure().equals(figure)).forEach(l -> rows.add(MultiGauge.Row.of(tags.apply(l), l.value())));
    return rows;
  }

  /** Every queue has an age, 0 when nothing waits, so that an alert can tell calm from silence. */
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
    if (gathering != null) {
      gathering.cancel(true);
    }
  }
}
