package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** Puts right what nodes left behind. Runs on every node; rows that another one works on are passed over. */
@ApplicationScoped
public class LedgerMaintenance {

  private static final int BATCH = 500;
  private final Database database;

  protected LedgerMaintenance() {
    this.database = null; // for the container's proxy
  }

  @Inject
  public LedgerMaintenance(Database database) {
    this.database = database;
  }

  /** A job whose node was lost, and what became of it. */
  record Lost(UUID id, String kind, String queue, String state, int attempt, int maxAttempts, @Nullable String error) {}

  /** Takes jobs whose lease has run out away from their nodes. */
  List<Lost> reap() {
    return takeFrom("lease_until < now()", "");
  }

  /** Takes back what an earlier life of this node had leased; only for a node that has just started. */
  List<Lost> recover(String node) {
    return takeFrom("node = :node", node);
  }

  /**
   * Uses up no attempt, but counts as a lost worker, because the job may be what ends its nodes: after
   * {@link JobRow#MOST_LOST} it is dead. An attempt that had made progress is not counted: such a job ends some day.
   */
  private List<Lost> takeFrom(String which, String node) {
    return database.ask(h -> h.createQuery("""
            with left_behind as (
              select id, got_on, not got_on and lost + 1 >= :most as is_last
                from job, lateral (select coalesce(progress_done, 0) > progress_at_start as got_on) as progress
               where state = 'running' and <which>
               order by lease_until limit :batch for update of job skip locked),
            taken as (
              update job set
                     state = case when cancel_requested_at is not null then 'cancelled'
                                  when is_last then 'dead' else 'retryable' end,
                     finished_at = case when cancel_requested_at is not null or is_last then now() end,
                     lost = lost + (not got_on)::int, max_attempts = max_attempts + 1,
                     run_at = now(), ticketed_at = null, lease_until = null,
                     error = case when is_last then 'Worker lost ' || lost + 1 || ' times. ' else '' end
                             || 'The server ' || node || ' stopped without finishing'
                from left_behind where job.id = left_behind.id
              returning job.id, kind, queue, state, attempt, max_attempts, node, started_at, error),
            remembered as (
              insert into job_attempt (job_id, attempt, node, started_at, finished_at, outcome, error)
              select id, attempt, node, started_at, now(), 'lost', error from taken
              on conflict do nothing)
            select id, kind, queue, state, attempt, max_attempts, error from taken""")
        .define("which", which).bind("batch", BATCH).bind("most", JobRow.MOST_LOST)
        .configure(org.jdbi.v3.core.statement.SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
        .bind("node", node).map(Database.to(Lost.class)).list());
  }

  /** A ticket to hand out: it says that this job is due. */
  record Ticket(UUID id, String queue, int attempt) {}

  /** Notes that tickets are handed out for jobs that have come due and have none; suspects are claimed without one. */
  List<Ticket> oweNoTickets() {
    return database.ask(h -> h.createQuery("""
            update job set ticketed_at = now()
              from (select id from job
                     where state in ('queued', 'retryable', 'snoozed') and ticketed_at is null and run_at <= now()
                       and lost = 0
                     order by run_at limit :batch for update skip locked) as due
             where job.id = due.id returning job.id, job.queue, job.attempt""")
        .bind("batch", BATCH).map(Database.to(Ticket.class)).list());
  }

  /** Owes a new ticket to every waiting job: those handed out may have been lost with the broker. */
  int oweTickets() {
    return database.ask(h -> h.createUpdate("""
        update job set ticketed_at = null
         where state in ('queued', 'retryable', 'snoozed') and ticketed_at is not null""").execute());
  }

  /**
   * Deletes jobs that ended long ago, a small batch at a time, so that no statement is long.
   *
   * @param states how they ended
   * @return how many were deleted; less than {@code batch} when none are left
   */
  int prune(List<String> states, Duration age, int batch) {
    return database.ask(h -> h.createUpdate("""
            delete from job where id in (
              select id from job where state in ('completed', 'discarded', 'cancelled', 'dead')
                 and state = any(:states) and finished_at < now() - :age * interval '1 second'
               order by finished_at limit :batch for update skip locked)""")
        .bindArray("states", String.class, states).bind("age", age.toSeconds()).bind("batch", batch).execute());
  }
}
