package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Objects;
import java.util.UUID;
import tasktracker.platform.data.AfterCommit;
import tasktracker.platform.job.run.JobNotifier;
import tasktracker.platform.job.run.JobTableMaintenance;
import tasktracker.platform.job.run.WorkerPool;

/** Enqueues jobs in the job table, so that a job and its cause are committed by one transaction. */
@ApplicationScoped
public class StoredJobs implements Jobs {

  private final JobStore jobStore;
  private final JobKinds kinds;
  private final JobNotifier notifier;
  private final WorkerPool workerPool;
  private final AfterCommit afterCommit;

  @Inject
  public StoredJobs(JobStore jobStore, JobKinds kinds, JobNotifier notifier, WorkerPool workerPool, AfterCommit afterCommit) {
    this.jobStore = jobStore;
    this.kinds = kinds;
    this.notifier = notifier;
    this.workerPool = workerPool;
    this.afterCommit = afterCommit;
  }

  @Override
  @Transactional
  public UUID enqueue(Job job, Options options) {
    JobKind kind = kinds.of(job);
    Queue queue = Objects.requireNonNullElse(options.queue(), kind.queue());
    JobStore.Entry entry = jobStore.add(kind, Payloads.write(job), queue, options.uniqueKey(), options.delay());
    if (entry.isNew() && options.delay().isZero()) {
      afterCommit.run(() -> notifyWorkers(new JobTableMaintenance.Notification(entry.id(), queue.wire(), 0)));
    }
    return entry.id();
  }

  private void notifyWorkers(JobTableMaintenance.Notification notification) {
    if (!notifier.publish(notification)) {
      workerPool.signal();
    }
  }

  @Override
  @Transactional
  public void cancel(UUID job) {
    jobStore.cancel(job, null);
    afterCommit.run(() -> workerPool.cancel(job));
  }
}
