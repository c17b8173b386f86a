package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.admin.JobRow;

/**
 * Recovers jobs of lost nodes, finds due jobs without a notification, and deletes old jobs. Safe on several nodes at a
 * time: locked rows are skipped.
 */
@ApplicationScoped
public class JobTableMaintenance {

  private static final int BATCH = 500;
  private final Database database;

  @Inject
  public JobTableMaintenance(Database database) {
    this.database = database;
  }

  /** A job whose node was lost, with its new state. */
  public record LostJob(UUID id, String kind, String queue, JobState state, int attempt, int maxAttempts, @Nullable String error) {}

  /** Returns jobs to the queue whose lease has expired. */
  public List<LostJob> recoverExpired() {
    return recoverLost("lease_until < now()", "");
  }

  /** Returns jobs to the queue that an earlier incarnation of this node had claimed. Called only at its start. */
  List<LostJob> recoverNode(String node) {
    return recoverLost("node = :node", node);
  }

  /**
   * Refunds the attempt and counts a lost worker, because the job may be the cause: after {@link JobRow#MOST_LOST} of them
   * it is dead. An attempt that had made progress is not counted, because such a job ends at some time.
   */
  private List<LostJob> recoverLost(String which, String node) {
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
        .bind("node", node).map(Database.to(LostJob.class)).list());
  }

  /** Tells workers that a job is due. */
  public record Notification(UUID id, String queue, int attempt) {}

  /**
   * Marks due jobs without a notification as notified, and returns the notifications to publish. Jobs that have lost a
   * worker need none.
   */
  public List<Notification> claimNotifications() {
    return database.ask(h -> h.createQuery("""
            update job set ticketed_at = now()
              from (select id from job
                     where state in <waiting> and ticketed_at is null and run_at <= now()
                       and lost = 0
                     order by run_at limit :batch for update skip locked) as due
             where job.id = due.id returning job.id, job.queue, job.attempt""")
        .define("waiting", JobState.WAITING_SQL).bind("batch", BATCH).map(Database.to(Notification.class)).list());
  }

  /** Makes every waiting job due for a new notification, because the broker may have lost the earlier ones. */
  public int resetNotifications() {
    return database.ask(h -> h.createUpdate("""
        update job set ticketed_at = null
         where state in <waiting> and ticketed_at is not null""").define("waiting", JobState.WAITING_SQL).execute());
  }

  /**
   * Deletes a small batch of jobs that finished longer ago than {@code age}.
   *
   * @param states finished states
   * @return how many were deleted; less than {@code batch} when none are left
   */
  public int prune(Collection<JobState> states, Duration age, int batch) {
    return database.ask(h -> h.createUpdate("""
            delete from job where id in (
              select id from job where state in <finished>
                 and state = any(:states) and finished_at < now() - :age * interval '1 second'
               order by finished_at limit :batch for update skip locked)""")
        .define("finished", JobState.FINISHED_SQL)
        .bindArray("states", String.class, states.stream().map(JobState::wire).toList()).bind("age", age.toSeconds()).bind("batch", batch)
        .execute());
  }
}
