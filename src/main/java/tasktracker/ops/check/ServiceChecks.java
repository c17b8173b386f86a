package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tasktracker.platform.data.NatsConnection;
import tasktracker.platform.job.run.Nodes;
import tasktracker.platform.live.SocketSessions;

/** Checks of the database, broker, nodes, clock, sockets and versions. */
@ApplicationScoped
class ServiceChecks implements CheckProvider {

  private static final long SLOW_MS = 250;
  private static final long SKEWED_MS = 2_000;
  @Inject private CatalogQueries catalog;
  @Inject private NatsConnection nats;
  @Inject private Nodes nodes;
  @Inject private SocketSessions sessions;

  @Override
  public List<Check> checks() {
    return List.of(new Check("database", "service-down", this::database), new Check("broker", "service-down", this::broker),
        new Check("nodes", "service-down", this::nodes), new Check("clock", "service-down", this::clock),
        new Check("sockets", "live-updates-dropping", this::sockets), new Check("versions", "service-down", this::versions));
  }

  private Finding database(Check check) {
    long startedNs = System.nanoTime();
    Map<String, Object> row = catalog.row("select pg_is_in_recovery() as standby, current_setting('server_version') as version");
    long durationMs = Duration.ofNanos(System.nanoTime() - startedNs).toMillis();
    boolean isStandby = Boolean.TRUE.equals(row.get("standby"));
    return check.finding(CheckState.of(isStandby, durationMs > SLOW_MS), isStandby ? "standby" : durationMs > SLOW_MS ? "slow" : "ok",
        durationMs);
  }

  private Finding broker(Check check) {
    return nats.connection().map(c -> check.finding(CheckState.OK, "ok", c.getServerInfo().getVersion()))
        .orElseGet(() -> check.finding(CheckState.BAD, "away"));
  }

  private Finding nodes(Check check) {
    List<Nodes.NodeRow> all = nodes.list().stream().filter(n -> n.stoppedAt() == null).toList();
    long away = all.stream().filter(Nodes.NodeRow::isAway).count();
    boolean works = all.stream().anyMatch(n -> !n.isAway() && n.roles().contains("worker"));
    List<Fix> forget = all.stream().filter(Nodes.NodeRow::isAway).map(n -> new Fix("forget-node", n.name())).toList();
    return check.finding(CheckState.of(!works, away > 0), !works ? "noworker" : away > 0 ? "away" : "ok", all.size(), away)
        .with(Evidence.of(all.stream().map(ServiceChecks::row).toList())).withFixes(forget);
  }

  private static Map<String, Object> row(Nodes.NodeRow node) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("node", node.name());
    row.put("roles", node.roles());
    row.put("seen", node.seenAt());
    row.put("running", node.running());
    return row;
  }

  private Finding clock(Check check) {
    Instant before = Instant.now();
    long database = CatalogQueries.number(catalog.row("select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms"), "ms");
    Instant after = Instant.now();
    long local = (before.toEpochMilli() + after.toEpochMilli()) / 2;
    long skew = Math.max(0, Math.abs(database - local) - Duration.between(before, after).toMillis());
    return check.finding(skew > SKEWED_MS ? CheckState.WARN : CheckState.OK, skew > SKEWED_MS ? "skewed" : "ok", skew);
  }

  private Finding sockets(Check check) {
    Map<String, Object> figures = new LinkedHashMap<>();
    sessions.countByTopic().forEach((topic, count) -> figures.put(topic.wire(), count));
    sessions.countClosuresByCode().forEach((code, count) -> figures.put("closed: " + code, count));
    long lost = sessions.countAbnormalClosures();
    return check.finding(lost > 10 ? CheckState.WARN : CheckState.OK, lost > 10 ? "dropping" : "ok", sessions.count(), lost)
        .with(Evidence.pairs(figures));
  }

  private Finding versions(Check check) {
    Map<String, Object> row = catalog.row("""
        select current_setting('server_version') as postgresql,
               coalesce((select extversion from pg_extension where extname = 'vector'), '') as pgvector""");
    Map<String, Object> figures = new LinkedHashMap<>(row);
    figures.put("NATS", nats.connection().map(c -> c.getServerInfo().getVersion()).orElse("?"));
    figures.put("Java", Runtime.version());
    return check.finding(CheckState.OK, "ok", String.valueOf(row.get("postgresql")), Runtime.version().feature())
        .with(Evidence.pairs(figures));
  }
}
