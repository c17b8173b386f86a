package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.lang.management.ManagementFactory;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tasktracker.platform.data.MigrationIntegrator;
import tasktracker.platform.data.Schema;

/** Checks of migrations, roles, indexes, vacuum and backups. */
@ApplicationScoped
class SchemaChecks implements CheckProvider {

  private static final long FREEZE_WARN_AGE = 1_000_000_000;
  private static final long FREEZE_BAD_AGE = 1_800_000_000;
  private static final long MAX_BACKUP_HOURS = 26;
  @Inject private CatalogQueries catalog;

  @Override
  public List<Check> checks() {
    return List.of(new Check("migrations", "migration-failed", this::migrations), new Check("role", "database-role", this::role),
        new Check("indexes", "slow-queries", this::indexes),
        new Check("scans", "slow-queries", this::scans), new Check("vacuum", "slow-queries", this::vacuum),
        new Check("backups", "backups", this::backups));
  }

  /** Changes of the schema since the start of the server, which starts only after its migrations have succeeded. */
  private Finding migrations(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select version, description, installed_on as changed, success from flyway_schema_history
         order by installed_rank desc limit 10""");
    Schema.Differences differences = MigrationIntegrator.schema().differences();
    String message = migrations(rows, differences);
    return check.finding(CheckState.of(!Set.of("ok", "later").contains(message), message.equals("later")), message,
        rows.isEmpty() ? "?" : CatalogQueries.text(rows.getFirst(), "version"),
        String.join("; ", message.equals("changed") ? differences.changed() : differences.pending())).with(Evidence.of(rows));
  }

  private static String migrations(List<Map<String, Object>> rows, Schema.Differences differences) {
    if (rows.stream().anyMatch(r -> Boolean.FALSE.equals(r.get("success")))) {
      return "failed";
    }
    if (!differences.changed().isEmpty()) {
      return "changed";
    }
    if (!differences.pending().isEmpty()) {
      return "pending";
    }
    Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    return rows.stream().anyMatch(r -> r.get("changed") instanceof Timestamp t && t.toInstant().isAfter(started.plusSeconds(300)))
        ? "later"
        : "ok";
  }

  /** Whether this server's role could change the audit log: as a superuser, as its owner, or by a grant. */
  private Finding role(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select current_user as role, pg_get_userbyid(c.relowner) as owner, r.rolsuper as superuser,
               pg_has_role(c.relowner, 'MEMBER') as owns,
               has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER') as changes
          from pg_class c cross join pg_roles r where c.oid = 'audit'::regclass and r.rolname = current_user""");
    String message = rows.stream().findFirst().map(SchemaChecks::role).orElse("ok");
    return check
        .finding(message.equals("ok") ? CheckState.OK : CheckState.WARN, message,
            rows.isEmpty() ? "?" : CatalogQueries.text(rows.getFirst(), "role"))
        .with(Evidence.of(rows));
  }

  private static String role(Map<String, Object> row) {
    if (Boolean.TRUE.equals(row.get("superuser"))) {
      return "superuser";
    }
    return Boolean.TRUE.equals(row.get("owns")) ? "owner" : Boolean.TRUE.equals(row.get("changes")) ? "changes" : "ok";
  }

  /** Recommended indexes that are missing, and invalid indexes. */
  private Finding indexes(Check check) {
    List<Map<String, Object>> rows = catalog.rows(
        """
        select wanted.name as index,
               case when i.indexrelid is null then 'missing' when not i.indisvalid then 'invalid' else 'valid' end as state
          from unnest(?::text[]) as wanted(name) left join pg_class c on c.relname = wanted.name and c.relkind = 'i'
          left join pg_index i on i.indexrelid = c.oid
        union all
        select c.relname, 'invalid' from pg_index i join pg_class c on c.oid = i.indexrelid
         where not i.indisvalid and c.relname <> all(?::text[])
           and c.relname not in (select relid_index.relname from pg_stat_progress_create_index p
                                        join pg_class relid_index on relid_index.oid = p.index_relid)""",
        names(), names());
    List<String> missing = named(rows, "missing");
    long wrong = missing.size() + named(rows, "invalid").size();
    return check.finding(wrong > 0 ? CheckState.WARN : CheckState.OK, wrong > 0 ? "missing" : "ok", wrong).with(Evidence.of(rows))
        .withFixes(missing.stream().map(name -> new Fix("create-index", name)).toList());
  }

  private static String[] names() {
    return RecommendedIndexes.ALL.keySet().toArray(String[]::new);
  }

  private static List<String> named(List<Map<String, Object>> rows, String state) {
    return rows.stream().filter(r -> state.equals(r.get("state"))).map(r -> CatalogQueries.text(r, "index")).toList();
  }

  private Finding scans(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select relname as table, n_live_tup as rows, seq_scan as scans, seq_tup_read / greatest(seq_scan, 1) as rows_a_scan,
               idx_scan as by_index
          from pg_stat_user_tables where n_live_tup > 50000 and seq_scan > 100
           and seq_tup_read / greatest(seq_scan, 1) > n_live_tup / 2 order by seq_tup_read desc limit 10""");
    return check.finding(rows.isEmpty() ? CheckState.OK : CheckState.WARN, rows.isEmpty() ? "ok" : "some", rows.size())
        .with(Evidence.of(rows));
  }

  private Finding vacuum(Check check) {
    long age = CatalogQueries
        .number(catalog.row("select age(datfrozenxid)::bigint as age from pg_database where datname = current_database()"), "age");
    List<Map<String, Object>> rows = catalog.rows("""
        select relname as table, n_live_tup as rows, n_dead_tup as dead_rows, coalesce(last_autovacuum, last_vacuum) as vacuumed
          from pg_stat_user_tables where n_dead_tup > 10000 and n_dead_tup > n_live_tup / 2 order by n_dead_tup desc limit 10""");
    CheckState state = CheckState.of(age > FREEZE_BAD_AGE, age > FREEZE_WARN_AGE || !rows.isEmpty());
    return check.finding(state, age > FREEZE_WARN_AGE ? "freeze" : rows.isEmpty() ? "ok" : "bloated", rows.size(), age / 1_000_000)
        .with(Evidence.of(rows));
  }

  private Finding backups(Check check) {
    List<Map<String, Object>> rows = catalog.rows("""
        select distinct on (kind, state) kind, state, finished_at as finished, bytes,
               (extract(epoch from now() - finished_at) / 3600)::bigint as hours
          from backup_run where state <> 'running' order by kind, state, finished_at desc""");
    long latest = Stream.of("dump", "base")
        .flatMap(kind -> rows.stream().filter(r -> kind.equals(r.get("kind")) && "ok".equals(r.get("state"))))
        .mapToLong(r -> CatalogQueries.number(r, "hours")).min().orElse(-1);
    CheckState state = latest < 0 ? CheckState.BAD : latest > MAX_BACKUP_HOURS ? CheckState.WARN : CheckState.OK;
    return check.finding(state, latest < 0 ? "none" : state == CheckState.OK ? "ok" : "old", latest).with(Evidence.of(rows));
  }
}
