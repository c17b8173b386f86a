package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import tasktracker.embedding.Embeddings;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;

/** Metrics from the database, read in one pass over indexes and small tables only. */
@ApplicationScoped
public class OperationalMetrics {

  /** Maximum number of unscored messages that are read, oldest first, which bounds the cost of the pass. */
  private static final int MAX_UNSCORED_ROWS = 5_000;

  private static final String SINGLE_VALUES = """
      select (select coalesce(extract(epoch from now() - min(created_at)), 0) from (
                select created_at from message where importance_score is null
                   and not exists (select from failed_item f where f.message_id = message.id and f.kind = 'score_message')
                 order by sent_at limit %d) m) as unscored_age,
             (select coalesce(sum(messages), 0) from message_count where noise_classification = 'unscored') as unscored,
             (select coalesce(sum(messages), 0) from message_count) as messages,
             (select count(*) from inbox where state = 'failed') as inbox_failed,
             (select count(*) from failed_item) as failed_items,
             (select coalesce(sum(messages_stored), 0) from import) as import_messages,
             (select coalesce(sum(errors_count), 0) from import) as import_errors,
             (select count(*) from import where status = 'running') as imports_running,
             (select max(age(datfrozenxid)) from pg_database where datallowconn) as freeze_age,
             (select pg_database_size(current_database())) as database_bytes,
             current_setting('max_connections')::int as connections_allowed,
             (select count(*) from node where stopped_at is null and seen_at < now() - interval '15 seconds'
                 and seen_at > now() - interval '1 day') as nodes_away""".formatted(MAX_UNSCORED_ROWS);

  private static final String LABELLED_VALUES = """
      select 'jobs' as figure, kind as first, state as second, count(*)::float8 as value
        from job where state in <waiting> group by kind, state
      union all select 'jobs', kind, 'running', count(*) from job where state = 'running' group by kind
      union all select 'jobs', kind, 'dead', count(*) from job where state = 'dead' group by kind
      union all select 'due', queue, '', extract(epoch from now() - min(run_at))
        from job where state in <waiting> and run_at <= now() group by queue
      union all select 'backup', kind, state, extract(epoch from max(finished_at))
        from backup_run where state in ('ok', 'failed') group by kind, state
      union all select 'archive_failures', '', '', failed_count
        from pg_stat_archiver where current_setting('archive_mode') <> 'off'
      union all select 'archive_age', '', '', extract(epoch from now() - last_archived_time)
        from pg_stat_archiver where current_setting('archive_mode') <> 'off' and last_archived_time is not null
      union all select 'connections', coalesce(state, 'other'), '', count(*)
        from pg_stat_activity where datname = current_database() and backend_type = 'client backend' group by 2""".replace("<waiting>",
      JobState.WAITING_SQL);

  @Inject Database database;
  @Inject Embeddings embeddings;

  /** One value of a metric with up to two labels. */
  public record Line(String figure, String first, String second, double value) {}

  /** All metrics at one time. */
  public record Snapshot(Map<String, Double> ones, java.util.List<Line> many) {}

  /** Reads all metrics from the database. */
  public Snapshot collect() {
    Map<String, Double> ones = new HashMap<>();
    var many = database.ask(h -> {
      h.execute("set local statement_timeout = '5s'");
      ones.putAll(h.createQuery(SINGLE_VALUES).mapToMap(Double.class).one());
      return h.createQuery(LABELLED_VALUES).map(Database.to(Line.class)).list();
    });
    ones.put("to_embed", (double) embeddings.counts().toEmbed());
    return new Snapshot(ones, many);
  }
}
