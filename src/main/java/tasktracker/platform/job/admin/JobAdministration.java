package tasktracker.platform.job.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.data.Database;
import tasktracker.platform.job.JobKind;
import tasktracker.platform.job.JobKinds;
import tasktracker.platform.job.JobStore;
import tasktracker.platform.job.JobState;
import tasktracker.platform.job.run.JobEventPublisher;
import tasktracker.platform.job.run.WorkerPool;

/** Retries and cancels jobs on behalf of a person. The job table keeps the author and the time of each decision. */
@ApplicationScoped
public class JobAdministration {

  private final Database database;
  private final JobStore jobStore;
  private final JobKinds kinds;
  private final WorkerPool workerPool;
  private final JobEventPublisher events;
  private final AfterCommit afterCommit;

  @Inject
  public JobAdministration(Database database, JobStore jobStore, JobKinds kinds, WorkerPool workerPool, JobEventPublisher events,
      AfterCommit afterCommit) {
    this.database = database;
    this.jobStore = jobStore;
    this.kinds = kinds;
    this.workerPool = workerPool;
    this.events = events;
    this.afterCommit = afterCommit;
  }

  /**
   * Cancels a waiting job, and asks a running one to stop.
   *
   * @return the new state of the job; empty when it had finished before
   */
  @Transactional
  public Optional<JobState> cancel(UUID job, String by) {
    Optional<JobState> state = jobStore.cancel(job, by);
    state.ifPresent(s -> afterCommit.run(() -> workerPool.cancel(job)));
    publishChanges(state.isPresent() ? List.of(job) : List.of());
    return state;
  }

  /**
   * Returns a job to the queue with a new set of attempts. A job that is dead because of lost workers gets one more try: the
   * next lost worker makes it dead again.
   *
   * @return false when its state does not allow it, or an unfinished job has the same key
   */
  @Transactional
  public boolean retry(UUID job, String by) {
    List<UUID> retried = retry("job.id = :id", job, JobFilter.ALL, by);
    publishChanges(retried);
    return !retried.isEmpty();
  }

  /**
   * Returns all matching jobs to the queue; of several with the same key only the newest. Jobs that have lost {@link
   * JobRow#MOST_LOST} workers are left out, because together they would end one server after the other.
   *
   * @param filter with a state for which {@link JobFilter#isRetryable} holds
   * @return the number of retried jobs
   */
  @Transactional
  public int retryAll(JobFilter filter, String by) {
    if (!filter.isRetryable()) {
      throw new IllegalArgumentException("Jobs in state " + filter.state() + " cannot be retried");
    }
    List<UUID> retried = retry("job.lost < " + JobRow.MOST_LOST + " and job.state = :state and (:kind::text is null or job.kind = :kind)"
        + " and (:queue::text is null or job.queue = :queue)", null, filter, by);
    publishChanges(retried.subList(0, Math.min(1, retried.size())));
    return retried.size();
  }

  private List<UUID> retry(String which, @Nullable UUID id, JobFilter filter, String by) {
    Collection<JobKind> known = kinds.all();
    return database.ask(h -> h.createQuery("""
            update job set state = 'queued', run_at = now(), ticketed_at = null, finished_at = null,
                   lost = least(lost, :most - 1), max_attempts = attempt + known.attempts,
                   cancel_requested_at = null, decided_by = :by, decided_at = now()
              from unnest(:kinds::text[], :attempts::int[]) as known(kind, attempts)
             where known.kind = job.kind and job.state in <retryable>
               and <which>
               and (job.unique_key is null or job.state in ('retryable', 'snoozed') or not exists (
                 select from job other where other.unique_key = job.unique_key and other.id <> job.id
                    and (other.state in <unfinished>
                         or other.id > job.id and other.state = job.state)))
            returning job.id""")
        .define("which", which).define("retryable", JobState.MANUALLY_RETRYABLE_SQL).define("unfinished", JobState.UNFINISHED_SQL)
        .configure(SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
        .bindArray("kinds", String.class, known.stream().map(JobKind::kind).toList())
        .bindArray("attempts", Integer.class, known.stream().map(JobKind::attempts).toList())
        .bindByType("id", id, UUID.class).bindByType("state", filter.stateName(), String.class)
        .bindByType("kind", filter.kind(), String.class).bindByType("queue", filter.queue(), String.class)
        .bind("most", JobRow.MOST_LOST).bind("by", by).mapTo(UUID.class).list());
  }

  /**
   * Has all due jobs notified again within a second.
   *
   * @return the number of due jobs
   */
  @Transactional
  public int notifyAgain() {
    return database.ask(h -> h.execute(
        "update job set ticketed_at = null where state in " + JobState.WAITING_SQL + " and run_at <= now()"));
  }

  private void publishChanges(List<UUID> jobs) {
    List<JobEventPublisher.JobChanged> changes = jobs.isEmpty()
        ? List.of()
        : database.ask(h -> h.createQuery(
            "select id, kind, queue, state, attempt, max_attempts, error from job where id = any(:ids)")
            .bindArray("ids", UUID.class, jobs).map(Database.to(JobEventPublisher.JobChanged.class)).list());
    changes.forEach(events::changed);
  }
}
