package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Objects;
import java.util.UUID;
import tasktracker.platform.data.AfterCommit;

/** Hands work in by the ledger: no job without its cause, no cause without its job. */
@ApplicationScoped
public class LedgerJobs implements Jobs {

  private final Ledger ledger;
  private final Kinds kinds;
  private final Tickets tickets;
  private final Workshop workshop;
  private final AfterCommit afterCommit;

  @SuppressWarnings("NullAway")
  protected LedgerJobs() {
    this(null, null, null, null, null); // for the container's proxy
  }

  @Inject
  public LedgerJobs(Ledger ledger, Kinds kinds, Tickets tickets, Workshop workshop, AfterCommit afterCommit) {
    this.ledger = ledger;
    this.kinds = kinds;
    this.tickets = tickets;
    this.workshop = workshop;
    this.afterCommit = afterCommit;
  }

  @Override
  @Transactional
  public UUID enqueue(Job job, Order order) {
    Work work = kinds.of(job);
    Queue queue = Objects.requireNonNullElse(order.queue(), work.queue());
    Ledger.Entry entry = ledger.add(work, Payloads.write(job), queue, order.uniqueKey(), order.delay());
    if (entry.isNew() && order.delay().isZero()) {
      afterCommit.run(() -> wake(new Reaper.Ticket(entry.id(), queue.wire(), 0)));
    }
    return entry.id();
  }

  private void wake(Reaper.Ticket ticket) {
    if (!tickets.publish(ticket)) {
      workshop.wake();
    }
  }

  @Override
  @Transactional
  public void cancel(UUID job) {
    ledger.cancel(job, null);
    afterCommit.run(() -> workshop.cancel(job));
  }
}
