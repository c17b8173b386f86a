package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StorableText;

/**
 * What a node does with the ledger while it works: takes jobs on a lease, extends it, settles them.
 *
 * <p>All times are the database's. Whoever settles names the attempt, so that a node whose lease was given to another
 * changes nothing.
 */
@ApplicationScoped
public class Leases {

  /** How long a node that shows no life keeps its jobs. */
  static final Duration LENGTH = Duration.ofSeconds(30);

  private static final String TAKE = """
      update job set state = 'running', attempt = attempt + 1, node = :node, started_at = now(),
             lease_until = now() + :lease * interval '1 second', progress_at_start = coalesce(progress_done, 0),
             error = null
        from mine where job.id = mine.id
      returning job.id, job.kind, job.queue, job.payload::text as payload, job.attempt, job.max_attempts, job.trace_origin,
                job.lost""";

  private final Database database;

  protected Leases() {
    this.database = null; // for the container's proxy
  }

  @Inject
  public Leases(Database database) {
    this.database = database;
  }

  /**
   * How many jobs of each kind a node has room for.
   *
   * @param kinds names, each with the number at the same place in {@code places}
   */
  record Room(String[] kinds, Integer[] places) {

    int total() {
      int sum = 0;
      for (int n : places) {
        sum += n;
      }
      return sum;
    }
  }

  /**
   * Leases those of the jobs that are due and for which there is room; the rest have somebody already, or wait on. Jobs
   * that have lost a worker are left to {@link #claimSuspect}.
   */
  List<Claim> claim(Collection<UUID> ids, String node, Room room) {
    return database.ask(h -> h.createQuery("""
            with due as materialized (
              select id, kind, run_at from job
               where id = any(:ids) and state in ('queued', 'retryable', 'snoozed') and run_at <= now() and lost = 0
                 for update skip locked),
            ranked as (select id, kind, row_number() over (partition by kind order by run_at, id) as place from due),
            mine as (select id from ranked
                       join unnest(:kinds::text[], :places::int[]) as room(kind, places) using (kind)
                      where place <= places)
            """ + TAKE)
        .bindArray("ids", UUID.class, ids).bindArray("kinds", String.class, (Object[]) room.kinds())
        .bindArray("places", Integer.class, (Object[]) room.places())
        .bind("node", node).bind("lease", LENGTH.toSeconds()).map(Database.to(Claim.class)).list());
  }

  /**
   * Leases the jobs of the queue that have waited longest, as many of each kind as there is room for. Jobs that have lost
   * a worker are left to {@link #claimSuspect}.
   */
  List<Claim> claimDue(Queue queue, String node, Room room) {
    return database.ask(h -> h.createQuery("""
            with mine as materialized (
              select due.id from unnest(:kinds::text[], :places::int[]) as room(kind, places)
               cross join lateral (
                 select id from job
                  where queue = :queue and kind = room.kind and state in ('queued', 'retryable', 'snoozed')
                    and run_at <= now() and lost = 0
                  order by run_at limit room.places for update skip locked) as due)
            """ + TAKE)
        .bind("queue", queue.wire()).bindArray("kinds", String.class, (Object[]) room.kinds())
        .bindArray("places", Integer.class, (Object[]) room.places())
        .bind("node", node).bind("lease", LENGTH.toSeconds()).map(Database.to(Claim.class)).list());
  }

  /**
   * Leases the one job that has waited longest of those that have lost a worker.
   *
   * @param rooms the kinds for which there is room, by queue
   */
  List<Claim> claimSuspect(String node, Map<Queue, Room> rooms) {
    List<String> queues = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    rooms.forEach((queue, room) -> List.of(room.kinds()).forEach(kind -> {
      queues.add(queue.wire());
      kinds.add(kind);
    }));
    return database.ask(h -> h.createQuery("""
            with mine as materialized (
              select job.id from job join unnest(:queues::text[], :kinds::text[]) as room(queue, kind) using (queue, kind)
               where lost > 0 and state in ('queued', 'retryable', 'snoozed') and run_at <= now()
               order by run_at limit 1 for update of job skip locked)
            """ + TAKE)
        .bindArray("queues", String.class, queues).bindArray("kinds", String.class, kinds)
        .bind("node", node).bind("lease", LENGTH.toSeconds()).map(Database.to(Claim.class)).list());
  }

  /**
   * What the ledger says about a job that this node believes to hold.
   *
   * @param isHeld false when the lease has gone: expired and taken, settled, or deleted
   * @param isCancelled true when somebody asked it to stop
   */
  record Standing(UUID id, boolean isHeld, boolean isCancelled) {}

  /** Extends the leases of the attempts, where less than two thirds are left. Rows that are being written are passed over. */
  List<Standing> extend(List<UUID> ids, List<Integer> attempts) {
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
        .bind("lease", LENGTH.toSeconds()).map(Database.to(Standing.class)).list());
  }

  /** How far an attempt has come. A total of 0 is not known. */
  record Progress(long done, long total, String note) {}

  /**
   * Writes down how far the attempt is. Never part of the caller's transaction: it must be seen before that ends, and
   * must not keep the row locked until then.
   *
   * @return true when somebody asked the job to stop
   */
  @jakarta.transaction.Transactional(jakarta.transaction.Transactional.TxType.NOT_SUPPORTED)
  boolean progress(Claim claim, Progress progress) {
    return database.ask(h -> h.createQuery("""
            update job set progress_done = :done, progress_total = :total, progress_note = :note
             where id = :id and attempt = :attempt and state = 'running'
            returning cancel_requested_at is not null""")
        .bind("done", progress.done()).bind("total", progress.total()).bind("note", StorableText.of(progress.note()))
        .bind("id", claim.id()).bind("attempt", claim.attempt()).mapTo(Boolean.class)
        .findOne().orElse(true));
  }

  /**
   * Marks attempts as done, inside the caller's transaction if there is one.
   *
   * @return the ids of those that were still this node's to settle
   */
  List<UUID> complete(List<ActiveRun> runs) {
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
        .bindArray("progress", Long.class, runs.stream().map(r -> r.latest() == null ? null : r.latest().done()).toList())
        .bindArray("totals", Long.class, runs.stream().map(r -> r.latest() == null ? null : r.latest().total()).toList())
        .bindArray("notes", String.class, runs.stream().map(r -> r.latest() == null ? null : StorableText.of(r.latest().note())).toList())
        .mapTo(UUID.class).list());
  }

  /**
   * Ends an attempt that did not complete its job, and remembers it.
   *
   * @return the state the job is in now, or empty text when it was no longer this node's to settle
   */
  String settle(Claim claim, JobOutcome verdict) {
    return database.ask(h -> h.createQuery("""
            with settled as (
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
              select id, attempt, node, started_at, now(), :outcome, :error from settled
              on conflict do nothing)
            select state from settled""")
        .bind("state", verdict.state()).bind("pause", verdict.pause().toMillis()).bind("grace", verdict.blameless() ? 1 : 0)
        .bind("error", verdict.reason()).bind("outcome", verdict.outcome())
        .bind("id", claim.id()).bind("attempt", claim.attempt()).mapTo(String.class).findOne().orElse(""));
  }
}
