package tasktracker.platform.job.admin;

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
import tasktracker.platform.job.JobState;

/** Queries jobs for pages and the API. */
@ApplicationScoped
public class JobList {

  /** Counts stop here; the page then shows "1000+". */
  public static final int COUNT_LIMIT = 1_000;
  private static final String FILTER = """
      (:state::text is null or state = :state) and (:kind::text is null or kind = :kind)
      and (:queue::text is null or queue = :queue)
      """;
  private final Database database;

  @Inject
  public JobList(Database database) {
    this.database = database;
  }

  /**
   * Lists jobs, newest first.
   *
   * @param before only jobs enqueued before this one, for the next page; null for the first page
   */
  public List<JobRow> list(JobFilter filter, @Nullable UUID before, int limit) {
    return database.ask(h -> bind(h.createQuery("select " + JobRow.COLUMNS + " from job where " + FILTER
        + " and (:before::uuid is null or id < :before) " + literal(filter) + " order by id desc limit :limit"), filter)
        .bindByType("before", before, UUID.class).bind("limit", limit).map(Database.to(JobRow.class)).list());
  }

  /** The planner uses the partial indexes only when the state is a literal. */
  private static String literal(JobFilter filter) {
    return filter.state() == null ? "" : "and state = '" + filter.state().wire() + "'";
  }

  /** Counts the jobs that match, up to {@link #COUNT_LIMIT}. */
  public int count(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " limit :limit) as matching"), filter).bind("limit", COUNT_LIMIT).mapTo(Integer.class).one());
  }

  /** Counts the matching jobs that have lost three workers and are therefore left out of a retry of all, up to {@link #COUNT_LIMIT}. */
  public int countWorkerLost(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " and lost >= :most limit :limit) as matching"), filter).bind("most", JobRow.MOST_LOST).bind("limit", COUNT_LIMIT)
        .mapTo(Integer.class).one());
  }

  /** Counts the jobs that a retry of all would return to the queue, up to {@link #COUNT_LIMIT}. */
  public int countRetryable(JobFilter filter) {
    return database.ask(h -> bind(h.createQuery("select count(*) from (select from job where " + FILTER + literal(filter)
        + " and lost < :most limit :limit) as matching"), filter).bind("most", JobRow.MOST_LOST).bind("limit", COUNT_LIMIT)
        .mapTo(Integer.class).one());
  }

  private static Query bind(Query query, JobFilter filter) {
    return query.bindByType("state", filter.stateName(), String.class).bindByType("kind", filter.kind(), String.class)
        .bindByType("queue", filter.queue(), String.class);
  }

  /** Finds a job in any state, until it is pruned. */
  public Optional<JobRow> find(UUID id) {
    return database.ask(h -> h.createQuery("select " + JobRow.COLUMNS + " from job where id = :id").bind("id", id)
        .map(Database.to(JobRow.class)).findOne());
  }

  /** Lists running jobs, the longest running first. */
  public List<JobRow> listRunning(int limit) {
    return database.ask(h -> h.createQuery("select " + JobRow.COLUMNS
        + " from job where state = 'running' order by started_at, id limit :limit")
        .bind("limit", limit).map(Database.to(JobRow.class)).list());
  }

  /** One attempt at a job. A running attempt has no end. */
  public record Attempt(int attempt, @Nullable String node, Instant startedAt, @Nullable Instant finishedAt, String outcome,
      @Nullable String error) {

    /** Duration of the attempt, or until now while it is running. */
    public Duration took() {
      return Duration.between(startedAt, finishedAt == null ? Instant.now() : finishedAt);
    }
  }

  /** Lists the attempts at a job, oldest first. A running or successful attempt is taken from the row of the job itself. */
  public List<Attempt> attempts(UUID job) {
    return database.ask(h -> h.createQuery("""
            select attempt, node, started_at, finished_at, outcome, error from job_attempt where job_id = :id
            union all
            select attempt, node, started_at, finished_at, state, error from job
             where id = :id and state in ('running', 'completed') and started_at is not null
             order by attempt""").bind("id", job).map(Database.to(Attempt.class)).list());
  }

  /** The numbers of jobs in a queue; {@code done} is how many were completed within the last hour. */
  public record QueueStatus(String queue, long queued, long running, long retryable, long snoozed, long dead, long done,
      @Nullable Instant waitingSince) {

    /** Numbers of jobs by state, in the order of the columns of the page. */
    public List<StateCount> counts() {
      return List.of(new StateCount("queued", queued), new StateCount("running", running), new StateCount("retryable", retryable),
          new StateCount("snoozed", snoozed), new StateCount("dead", dead), new StateCount("completed", done));
    }
  }

  /** How many jobs of a queue are in a state; of completed ones, those of the last hour. */
  public record StateCount(String state, long jobs) {

    /** Key of the words for it. */
    public String labelKey() {
      return "completed".equals(state) ? "jobs.done.hour" : "jobs.state." + state;
    }
  }

  /** Lists all queues in the order of their priority. */
  public List<QueueStatus> queues() {
    return database.ask(h -> h.createQuery("""
            with counted as (
              select queue, state, count(*) as jobs, min(run_at) filter (where run_at <= now()) as since from job
               where state in <waiting> group by queue, state
              union all select queue, 'running', count(*), null from job where state = 'running' group by queue
              union all select queue, 'dead', count(*), null from job where state = 'dead' group by queue
              union all select queue, 'completed', count(*), null from job
                         where state = 'completed' and state in <finished>
                           and finished_at > now() - interval '1 hour' group by queue)
            select line.queue, coalesce(sum(jobs) filter (where state = 'queued'), 0) as queued,
                   coalesce(sum(jobs) filter (where state = 'running'), 0) as running,
                   coalesce(sum(jobs) filter (where state = 'retryable'), 0) as retryable,
                   coalesce(sum(jobs) filter (where state = 'snoozed'), 0) as snoozed,
                   coalesce(sum(jobs) filter (where state = 'dead'), 0) as dead,
                   coalesce(sum(jobs) filter (where state = 'completed'), 0) as done, min(since) as waiting_since
              from unnest(array['interactive', 'default', 'bulk']) with ordinality as line(queue, place)
              left join counted on counted.queue = line.queue
             group by line.queue, line.place order by line.place""").define("waiting", JobState.WAITING_SQL)
        .define("finished", JobState.FINISHED_SQL).map(Database.to(QueueStatus.class)).list());
  }
}
