package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Reads the ledger for lists and pages. */
@ApplicationScoped
public class JobList {

  /** Further than this nothing is counted: the page says "1000+". */
  public static final int COUNT_LIMIT = 1_000;
  private static final String FILTER = """
      (:state::text is null or state = :state) and (:kind::text is null or kind = :kind)
      and (:queue::text is null or queue = :queue)
      """;
  private final Database database;

  @SuppressWarnings("NullAway")
  protected JobList() {
    this.database = null; // for the container's proxy
  }

  @Inject
  public JobList(Database database) {
    this.database = database;
  }

  /**
   * Jobs, newest first.
   *
   * @param before only those handed in before this one, for the next page; null for the first
   */
  public List<JobRow> list(JobFilter filter, @Nullable UUID before, int limit) {
    return database.ask(h -> bind(h.createQuery("select " + JobRow.COLUMNS + " from job where " + FILTER
            + " and (:before::uuid is null or id < :before) " + literal(filter) + " order by id desc limit :limit"), filter)
        .bindByType("before", before, UUID.class).bind("limit", limit).map(Database.to(JobRow.class)).list());
  }

  /** The planner finds the partial indexes only by a state it can read; it is one of ours, so it may stand in the text. */
  private static String literal(JobFilter filter) {
    return filter.state() != null && JobFilter.STATES.contains(filter.state()) ? "and state = '" + filter.state() + "'" : "";
  }

  /** How many jobs the filter lets through; {@link #COUNT_LIMIT} stands for that many or more. */
  public int count(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " limit :limit) as matching"), filter).bind("limit", COUNT_LIMIT).mapTo(Integer.class).one());
  }

  /** How many of them have lost so many workers that each is retried by itself; at most {@link #COUNT_LIMIT}. */
  public int countWorkerLost(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " and lost >= :most limit :limit) as matching"), filter).bind("most", JobRow.MOST_LOST).bind("limit", COUNT_LIMIT)
        .mapTo(Integer.class).one());
  }

  /** How many jobs a retry of all would return to the queue; {@link #COUNT_LIMIT} stands for that many or more. */
  public int countRetryable(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " and lost < :most limit :limit) as matching"), filter).bind("most", JobRow.MOST_LOST).bind("limit", COUNT_LIMIT)
        .mapTo(Integer.class).one());
  }

  private static Query bind(Query query, JobFilter filter) {
    return query.bindByType("state", filter.state(), String.class).bindByType("kind", filter.kind(), String.class)
        .bindByType("queue", filter.queue(), String.class);
  }

  public Optional<JobRow> find(UUID id) {
    return database.ask(h -> h.createQuery("select " + JobRow.COLUMNS + " from job where id = :id").bind("id", id)
        .map(Database.to(JobRow.class)).findOne());
  }

  /** Jobs that run, the longest running first. */
  public List<JobRow> running(int limit) {
    return database.ask(h -> h.createQuery("select " + JobRow.COLUMNS
            + " from job where state = 'running' order by started_at, id limit :limit")
        .bind("limit", limit).map(Database.to(JobRow.class)).list());
  }

  /** One attempt at a job; the present one has no end yet. */
  public record Attempt(int attempt, @Nullable String node, Instant startedAt, @Nullable Instant finishedAt, String outcome,
      @Nullable String error) {

    public Duration took() {
      return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt);
    }
  }

  /** All attempts at a job, the first one first: those that were remembered, and the one its own row tells of. */
  public List<Attempt> attempts(UUID job) {
    return database.ask(h -> h.createQuery("""
            select attempt, node, started_at, finished_at, outcome, error from job_attempt where job_id = :id
            union all
            select attempt, node, started_at, finished_at, state, error from job
             where id = :id and state in ('running', 'completed') and started_at is not null
             order by attempt""").bind("id", job).map(Database.to(Attempt.class)).list());
  }

  /** How a queue stands; {@code done} were completed within the last hour. */
  public record Line(String queue, long queued, long running, long retryable, long snoozed, long dead, long done,
      @Nullable Instant waitingSince) {}

  /** All queues, the most urgent first. */
  public List<Line> lines() {
    return database.ask(h -> h.createQuery("""
            with counted as (
              select queue, state, count(*) as jobs, min(run_at) filter (where run_at <= now()) as since from job
               where state in ('queued', 'retryable', 'snoozed') group by queue, state
              union all select queue, 'running', count(*), null from job where state = 'running' group by queue
              union all select queue, 'dead', count(*), null from job where state = 'dead' group by queue
              union all select queue, 'completed', count(*), null from job
                         where state = 'completed' and state in ('completed', 'discarded', 'cancelled', 'dead')
                           and finished_at > now() - interval '1 hour' group by queue)
            select line.queue, coalesce(sum(jobs) filter (where state = 'queued'), 0) as queued,
                   coalesce(sum(jobs) filter (where state = 'running'), 0) as running,
                   coalesce(sum(jobs) filter (where state = 'retryable'), 0) as retryable,
                   coalesce(sum(jobs) filter (where state = 'snoozed'), 0) as snoozed,
                   coalesce(sum(jobs) filter (where state = 'dead'), 0) as dead,
                   coalesce(sum(jobs) filter (where state = 'completed'), 0) as done, min(since) as waiting_since
              from unnest(array['interactive', 'default', 'bulk']) with ordinality as line(queue, place)
              left join counted on counted.queue = line.queue
             group by line.queue, line.place order by line.place""").map(Database.to(Line.class)).list());
  }
}
