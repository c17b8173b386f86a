package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Checks of slow and blocked queries and of connections. */
@ApplicationScoped
class QueryChecks implements CheckProvider {

  private static final double SLOW_MEAN_MS = 1_000;
  private static final int WARN_PERCENT = 75;
  private static final int BAD_PERCENT = 90;
  @Inject private CatalogQueries catalog;

  @Override
  public List<Check> checks() {
    return List.of(new Check("statements", "slow-queries", this::statements), new Check("longqueries", "slow-queries", this::longRunning),
        new Check("blocked", "slow-queries", this::blocked), new Check("idle", "slow-queries", this::idle),
        new Check("connections", "connections", this::connections));
  }

  private Finding statements(Check check) {
    boolean isInstalled = !catalog.rows("select 1 as there from pg_extension where extname = 'pg_stat_statements'").isEmpty();
    return isInstalled ? slow(check) : check.finding(CheckState.UNKNOWN, "missing");
  }

  private Finding slow(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select round(mean_exec_time::numeric, 1) as mean_ms, round(total_exec_time::numeric) as total_ms, calls, left(query, 300) as query
          from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
         order by mean_exec_time desc limit 10""");
    long slow = rows.stream().filter(r -> r.get("mean_ms") instanceof Number n && n.doubleValue() > SLOW_MEAN_MS).count();
    return check.finding(slow > 0 ? CheckState.WARN : CheckState.OK, slow > 0 ? "slow" : "ok", slow).with(Evidence.of(rows));
  }

  private static final String SESSION = """
      select pid, application_name as application, extract(epoch from now() - %s)::bigint as seconds, left(query, 300) as query
        from pg_stat_activity where datname = current_database() and backend_type = 'client backend'
         and pid <> pg_backend_pid()""";

  private Finding longRunning(Check check) {
    List<Map<String, Object>> rows = catalog.rows(SESSION.formatted("query_start")
        + " and state = 'active' and query_start < now() - interval '5 seconds' order by query_start limit 20");
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.WARN, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows))
        .withFixes(fixesFor(rows, "cancel-query"));
  }

  private Finding blocked(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select waiting.pid as waiting, extract(epoch from now() - waiting.query_start)::bigint as seconds, blocker.pid,
               blocker.application_name as application, left(waiting.query, 200) as query, left(blocker.query, 200) as blocked_by
          from pg_stat_activity waiting cross join lateral unnest(pg_blocking_pids(waiting.pid)) as b(pid)
          join pg_stat_activity blocker on blocker.pid = b.pid
         where waiting.datname = current_database() and waiting.query_start < now() - interval '3 seconds'
         order by waiting.query_start limit 20""");
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.BAD, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows))
        .withFixes(fixesFor(rows, "end-session"));
  }

  private Finding idle(Check check) {
    List<Map<String, Object>> rows = catalog.rows(SESSION.formatted("state_change")
        + " and state like 'idle in transaction%' and state_change < now() - interval '1 minute' order by state_change limit 20");
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.WARN, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows))
        .withFixes(fixesFor(rows, "end-session"));
  }

  /** Fixes for sessions of the product itself; sessions of other applications are left alone. */
  private static List<Fix> fixesFor(List<Map<String, Object>> rows, String verb) {
    return rows.stream().filter(r -> Fixes.APPLICATION.equals(r.get("application")))
        .map(r -> new Fix(verb, CatalogQueries.text(r, "pid"))).distinct().toList();
  }

  private Finding connections(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select coalesce(nullif(application_name, ''), '?') as application, count(*) as connections,
               count(*) filter (where state = 'active') as active
          from pg_stat_activity where backend_type = 'client backend' group by 1 order by 2 desc limit 20""");
    long used = rows.stream().mapToLong(r -> CatalogQueries.number(r, "connections")).sum();
    long max = CatalogQueries.number(catalog.row("select current_setting('max_connections')::bigint as most"), "most");
    CheckState state = CheckState.of(used * 100 > max * BAD_PERCENT, used * 100 > max * WARN_PERCENT);
    return check.finding(state, state == CheckState.OK ? "ok" : "crowded", used, max).with(Evidence.of(rows));
  }
}
