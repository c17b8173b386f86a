package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.Queue;

/**
 * The leases of this node on jobs: claims jobs, extends their leases and writes how they ended.
 *
 * <p>All times are the database's. Each write names the attempt as a fencing token, so that a node that has lost its lease
 * to another one changes nothing.
 */
@ApplicationScoped
public class Leases {

  /** How long a node without a heartbeat keeps its jobs. */
  static final Duration DURATION = Duration.ofSeconds(30);

  private static final String CLAIM_SQL = """
      update job set state = 'running', attempt = attempt + 1, node = :node, claimed_by = :incarnation, started_at = now(),
             lease_until = now() + :lease * interval '1 second', progress_at_start = coalesce(progress_done, 0),
             error = null
        from mine where job.id = mine.id
      returning job.id, job.kind, job.queue, job.payload::text as payload, job.attempt, job.max_attempts, job.trace_origin,
                job.lost""";

  private final Database database;
  private final NodeIdentity identity;

  @Inject
  public Leases(Database database, NodeIdentity identity) {
    this.database = database;
    this.identity = identity;
  }

  /**
   * How many more jobs of each kind a node may claim.
   *
   * @param kinds names of kinds
   * @param limits the number of jobs of the kind with the same index
   */
  public record Capacity(String[] kinds, Integer[] limits) {

    int total() {
      int sum = 0;
      for (int n : limits) {
        sum += n;
      }
      return sum;
    }
  }

  /**
   * Claims those of the jobs that are due and within the capacity. The others are claimed already or stay in the queue.
   * Jobs that have lost a worker are left to {@link #claimSuspect}.
   */
  public List<Claim> claim(Collection<UUID> ids, String node, Capacity capacity) {
    return database.ask(h -> h.createQuery("""
            with due as materialized (
              select id, kind, run_at from job
               where id = any(:ids) and state in <waiting> and run_at <= now() and lost = 0
                 for update skip locked),
            ranked as (select id, kind, row_number() over (partition by kind order by run_at, id) as place from due),
            mine as (select id from ranked
                       join unnest(:kinds::text[], :places::int[]) as room(kind, places) using (kind)
                      where place <= places)
            """ + CLAIM_SQL)
        .define("waiting", JobState.WAITING_SQL).bindArray("ids", UUID.class, ids)
        .bindArray("kinds", String.class, (Object[]) capacity.kinds())
        .bindArray("places", Integer.class, (Object[]) capacity.limits())
        .bind("node", node).bind("incarnation", identity.incarnation()).bind("lease", DURATION.toSeconds()).map(Database.to(Claim.class))
        .list());
  }

  /**
   * Claims the jobs of the queue that have been due longest, within the capacity of each kind. Jobs that have lost a worker
   * are left to {@link #claimSuspect}.
   */
  public List<Claim> claimDue(Queue queue, String node, Capacity capacity) {
    return database.ask(h -> h.createQuery("""
            with mine as materialized (
              select due.id from unnest(:kinds::text[], :places::int[]) as room(kind, places)
               cross join lateral (
                 select id from job
                  where queue = :queue and kind = room.kind and state in <waiting>
                    and run_at <= now() and lost = 0
                  order by run_at limit room.places for update skip locked) as due)
            """ + CLAIM_SQL)
        .define("waiting", JobState.WAITING_SQL).bind("queue", queue.wire()).bindArray("kinds", String.class, (Object[]) capacity.kinds())
        .bindArray("places", Integer.class, (Object[]) capacity.limits())
        .bind("node", node).bind("incarnation", identity.incarnation()).bind("lease", DURATION.toSeconds()).map(Database.to(Claim.class))
        .list());
  }

  /**
   * Claims the one job that has been due longest of those that have lost a worker.
   *
   * @param capacities the kinds that this node may claim, by queue
   */
  public List<Claim> claimSuspect(String node, Map<Queue, Capacity> capacities) {
    List<String> queues = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    capacities.forEach((queue, capacity) -> List.of(capacity.kinds()).forEach(kind -> {
      queues.add(queue.wire());
      kinds.add(kind);
    }));
    return database.ask(h -> h.createQuery("""
            with mine as materialized (
              select job.id from job join unnest(:queues::text[], :kinds::text[]) as room(queue, kind) using (queue, kind)
               where lost > 0 and state in <waiting> and run_at <= now()
               order by run_at limit 1 for update of job skip locked)
            """ + CLAIM_SQL)
        .define("waiting", JobState.WAITING_SQL).bindArray("queues", String.class, queues).bindArray("kinds", String.class, kinds)
        .bind("node", node).bind("incarnation", identity.incarnation()).bind("lease", DURATION.toSeconds()).map(Database.to(Claim.class))
        .list());
  }

  /** Lists the jobs that the job table has as running under this incarnation of the node, without their payloads. */
  List<Claim> listRunning() {
    return database.ask(h -> h.createQuery("""
            select id, kind, queue, '{}' as payload, attempt, max_attempts, trace_origin, lost
              from job where state = 'running' and node = :node and claimed_by = :incarnation""")
        .bind("node", identity.name()).bind("incarnation", identity.incarnation()).map(Database.to(Claim.class)).list());
  }

  /**
   * The state in the job table of a lease that this node holds.
   *
   * @param isHeld false when the lease was lost: it expired and was claimed again, the attempt has ended, or the job was deleted
   * @param isCancelled true when cancellation was requested
   */
  public record LeaseStatus(UUID id, boolean isHeld, boolean isCancelled) {}

  /** Extends the leases of which less than two thirds are left. Rows that are locked are skipped. */
  public List<LeaseStatus> extend(List<UUID> ids, List<Integer> attempts) {
    return database.ask(h -> h.createQuery("""
            with mine as (select * from unnest(:ids::uuid[], :attempts::int[]) as m(id, attempt)),
            ending as (
              select job.id from job join mine on mine.id = job.id and mine.attempt = job.attempt
               where state = 'running' and lease_until < now() + :lease * interval '0.67 second'
                 for update of job skip locked),
            extended as (
              update job set lease_until = now() + :lease * interval '1 second' from ending where job.id = ending.id)
            select mine.id, coalesce(job.state = 'running' and job.attempt = mine.attempt, false) as is_held,
                   job.cancel_requested_at is not null as is_cancelled
              from mine left join job on job.id = mine.id""")
        .bindArray("ids", UUID.class, ids).bindArray("attempts", Integer.class, attempts)
        .bind("lease", DURATION.toSeconds()).map(Database.to(LeaseStatus.class)).list());
  }

  /** The progress of an attempt. A total of 0 means that it is unknown. */
  public record Progress(long done, long total, String note) {}

  /**
   * Writes the progress of an attempt, outside of the caller's transaction: it has to be visible before that ends, and must
   * not keep the row locked until then.
   *
   * @return true when cancellation was requested or the lease was lost
   */
  @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.NOT_SUPPORTED)
  public boolean progress(Claim claim, Progress progress) {
    return database.ask(h -> h.createQuery("""
            update job set progress_done = :done, progress_total = :total, progress_note = :note
             where id = :id and attempt = :attempt and state = 'running'
            returning cancel_requested_at is not null""")
        .bind("done", progress.done()).bind("total", progress.total()).bind("note", StorableText.of(progress.note()))
        .bind("id", claim.id()).bind("attempt", claim.attempt()).mapTo(Boolean.class)
        .findOne().orElse(true));
  }

  /**
   * Marks attempts as completed, inside the caller's transaction if there is one.
   *
   * @return the ids of those on which this node still held the lease
   */
  public List<UUID> complete(List<ActiveRun> runs) {
    return database.ask(h -> h.createQuery("""
            update job set state = 'completed', finished_at = now(), lease_until = null,
                   progress_done = coalesce(done.progress, progress_done), progress_total = coalesce(done.total, progress_total),
                   progress_note = coalesce(done.note, progress_note)
              from unnest(:ids::uuid[], :attempts::int[], :progress::bigint[], :totals::bigint[], :notes::text[])
                   as done(id, attempt, progress, total, note)
             where job.id = done.id and job.attempt = done.attempt and job.state = 'running'
            returning job.id""")
        .bindArray("ids", UUID.class, runs.stream().map(ActiveRun::jobId).toList())
        .bindArray("attempts", Integer.class, runs.stream().map(ActiveRun::attempt).toList())
        .bindArray("progress", Long.class, runs.stream().map(r -> r.latestProgress() == null ? null : r.latestProgress().done()).toList())
        .bindArray("totals", Long.class, runs.stream().map(r -> r.latestProgress() == null ? null : r.latestProgress().total()).toList())
        .bindArray("notes", String.class,
            runs.stream().map(r -> r.latestProgress() == null ? null : StorableText.of(r.latestProgress().note())).toList())
        .mapTo(UUID.class).list());
  }

  /**
   * Writes the outcome of an attempt that did not complete its job, and adds it to the attempts of the job.
   *
   * @return the new state of the job; empty when this node no longer held the lease
   */
  public Optional<JobState> finish(Claim claim, JobOutcome outcome) {
    return database.ask(h -> h.createQuery("""
            with finished as (
              update job set
                     state = case when :state = 'retryable' and attempt >= max_attempts then 'dead'
                                  when :state <> 'discarded' and cancel_requested_at is not null then 'cancelled'
                                  else :state end,
                     run_at = now() + :pause * interval '1 millisecond', ticketed_at = null, lease_until = null,
                     max_attempts = max_attempts + :grace, error = :error,
                     finished_at = case when :state in ('discarded', 'cancelled') or cancel_requested_at is not null
                                          or :state = 'retryable' and attempt >= max_attempts then now() end
               where id = :id and attempt = :attempt and state = 'running'
              returning id, attempt, node, started_at, state),
            remembered as (
              insert into job_attempt (job_id, attempt, node, started_at, finished_at, outcome, error)
              select id, attempt, node, started_at, now(), :outcome, :error from finished
              on conflict do nothing)
            select state from finished""")
        .bind("state", outcome.state().wire()).bind("pause", outcome.pause().toMillis()).bind("grace", outcome.refundsAttempt() ? 1 : 0)
        .bind("error", outcome.reason()).bind("outcome", outcome.attemptOutcome())
        .bind("id", claim.id()).bind("attempt", claim.attempt()).mapTo(JobState.class).findOne());
  }
}
