package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Objects;
import java.util.UUID;
import tasktracker.platform.data.AfterCommit;

/** Hands work in by the ledger: no job without its cause, no cause without its job. */
@ApplicationScoped
public class LedgerJobQueue implements Jobs {

  private final JobLedger ledger;
  private final JobKinds kinds;
  private final JobNotifier notifier;
  private final WorkerPool workers;
  private final AfterCommit afterCommit;

  @SuppressWarnings("NullAway")
  protected LedgerJobQueue() {
    this(null, null, null, null, null); // for the container's proxy
  }

  @Inject
  public LedgerJobQueue(JobLedger ledger, JobKinds kinds, JobNotifier notifier, WorkerPool workers, AfterCommit afterCommit) {
    this.ledger = ledger;
    this.kinds = kinds;
    this.notifier = notifier;
    this.workers = workers;
    this.afterCommit = afterCommit;
  }

  @Override
  @Transactional
  public UUID enqueue(Job job, Order order) {
    JobKind work = kinds.of(job);
    Queue queue = Objects.requireNonNullElse(order.queue(), work.queue());
    JobLedger.Entry entry = ledger.add(work, Payloads.write(job), queue, order.uniqueKey(), order.delay());
    if (entry.isNew() && order.delay().isZero()) {
      afterCommit.run(() -> wake(new LedgerMaintenance.Ticket(entry.id(), queue.wire(), 0)));
    }
    return entry.id();
  }

  private void wake(LedgerMaintenance.Ticket ticket) {
    if (!notifier.publish(ticket)) {
      workers.wake();
    }
  }

  @Override
  @Transactional
  public void cancel(UUID job) {
    ledger.cancel(job, null);
    afterCommit.run(() -> workers.cancel(job));
  }
}
