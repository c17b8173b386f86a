package tasktracker.platform.job;

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

/** What people decide about jobs. Each decision is kept in the ledger with its author and time. */
@ApplicationScoped
public class JobAdministration {

  private final Database database;
  private final JobLedger ledger;
  private final JobKinds kinds;
  private final WorkerPool workers;
  private final JobEventPublisher news;
  private final AfterCommit afterCommit;

  @SuppressWarnings("NullAway")
  protected JobAdministration() {
    this(null, null, null, null, null, null); // for the container's proxy
  }

  @Inject
  public JobAdministration(Database database, JobLedger ledger, JobKinds kinds, WorkerPool workers, JobEventPublisher news, AfterCommit afterCommit) {
    this.database = database;
    this.ledger = ledger;
    this.kinds = kinds;
    this.workers = workers;
    this.news = news;
    this.afterCommit = afterCommit;
  }

  /**
   * Cancels a waiting job, and asks a running one to stop.
   *
   * @return the state the job is in now; empty when it had ended before
   */
  @Transactional
  public Optional<String> cancel(UUID job, String by) {
    Optional<String> state = ledger.cancel(job, by);
    state.ifPresent(s -> afterCommit.run(() -> workers.cancel(job)));
    tell(state.isPresent() ? List.of(job) : List.of());
    return state;
  }

  /**
   * Returns a job to the queue with all its attempts before it. One that is dead because it has lost its workers gets one
   * more try: the next loss makes it dead again.
   *
   * @return false when it is not in a state for that, or a living job has its key
   */
  @Transactional
  public boolean retry(UUID job, String by) {
    List<UUID> retried = retry("job.id = :id", job, JobFilter.ALL, by);
    tell(retried);
    return !retried.isEmpty();
  }

  /**
   * Returns all jobs to the queue that the filter lets through; of those with the same key the newest. Left out are jobs
   * that have lost {@link JobRow#MOST_LOST} workers: together they would end server after server.
   *
   * @param filter names a state for which {@link JobFilter#isRetryable} holds
   * @return how many
   */
  @Transactional
  public int retryAll(JobFilter filter, String by) {
    if (!filter.isRetryable()) {
      throw new IllegalArgumentException("Jobs in state " + filter.state() + " cannot be retried");
    }
    List<UUID> retried = retry("job.lost < " + JobRow.MOST_LOST + " and job.state = :state and (:kind::text is null or job.kind = :kind)"
        + " and (:queue::text is null or job.queue = :queue)", null, filter, by);
    tell(retried.subList(0, Math.min(1, retried.size())));
    return retried.size();
  }

  private List<UUID> retry(String which, @Nullable UUID id, JobFilter filter, String by) {
    Collection<JobKind> known = kinds.all();
    return database.ask(h -> h.createQuery("""
            update job set state = 'queued', run_at = now(), ticketed_at = null, finished_at = null,
                   lost = least(lost, :most - 1), max_attempts = attempt + known.attempts, cancel_requested_at = null, decided_by = :by, decided_at = now()
              from unnest(:kinds::text[], :attempts::int[]) as known(kind, attempts)
             where known.kind = job.kind and job.state in ('dead', 'discarded', 'cancelled', 'retryable', 'snoozed')
               and <which>
               and (job.unique_key is null or job.state in ('retryable', 'snoozed') or not exists (
                 select from job other where other.unique_key = job.unique_key and other.id <> job.id
                    and (other.state in ('queued', 'running', 'retryable', 'snoozed')
                         or other.id > job.id and other.state = job.state)))
            returning job.id""")
        .define("which", which).configure(SqlStatements.class, s -> s.setUnusedBindingAllowed(true))
        .bindArray("kinds", String.class, known.stream().map(JobKind::kind).toList())
        .bindArray("attempts", Integer.class, known.stream().map(JobKind::attempts).toList())
        .bindByType("id", id, UUID.class).bindByType("state", filter.state(), String.class)
        .bindByType("kind", filter.kind(), String.class).bindByType("queue", filter.queue(), String.class)
        .bind("most", JobRow.MOST_LOST).bind("by", by).mapTo(UUID.class).list());
  }

  private void tell(List<UUID> jobs) {
    List<JobEventPublisher.JobChanged> changes = jobs.isEmpty() ? List.of() : database.ask(h -> h.createQuery(
            "select id, kind, queue, state, attempt, max_attempts, error from job where id = any(:ids)")
        .bindArray("ids", UUID.class, jobs).map(Database.to(JobEventPublisher.JobChanged.class)).list());
    changes.forEach(news::changed);
  }
}
