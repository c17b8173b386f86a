package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.log.LogContext;

/**
 * Writes into the ledger how attempts ended. One thread takes whatever has ended since its last write, so that a
 * commit serves one job when it is calm and hundreds under load. While the database is away it keeps trying.
 */
@ApplicationScoped
public class CompletionWriter {

  private static final System.Logger LOG = System.getLogger(CompletionWriter.class.getName());
  private static final int BATCH = 500;
  private static final int TRIES = 3;
  /** With more jobs than this in hand others will end in a moment, and are worth waiting for. */
  private static final int CROWD = 20;
  private static final long LINGER_MS = 3;

  private record Ending(ActiveRun run, JobOutcome verdict) {}

  private final LinkedBlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
  private final Leases leases;
  private final ActiveRuns activeRuns;
  private final JobEventPublisher news;

  @SuppressWarnings("NullAway")
  protected CompletionWriter() {
    this(null, null, null); // for the container's proxy
  }

  @Inject
  public CompletionWriter(Leases leases, ActiveRuns activeRuns, JobEventPublisher news) {
    this.leases = leases;
    this.activeRuns = activeRuns;
    this.news = news;
  }

  void settle(ActiveRun run, JobOutcome verdict) {
    endings.add(new Ending(run, verdict));
  }

  /** Settles until the thread is interrupted. */
  void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        settleNext(Duration.ofSeconds(1));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void settleNext(Duration wait) throws InterruptedException {
    Ending first = endings.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    if (activeRuns.size() > CROWD) {
      TimeUnit.MILLISECONDS.sleep(LINGER_MS);
    }
    List<Ending> batch = new ArrayList<>(List.of(first));
    endings.drainTo(batch, BATCH - 1);
    List<ActiveRun> completed = batch.stream().filter(e -> e.verdict().isCompleted()).map(Ending::run).toList();
    write(completed, () -> complete(completed));
    for (Ending e : batch) {
      if (!e.verdict().isCompleted()) {
        write(List.of(e.run()), () -> settle(e));
      }
    }
  }

  /** Tries until it is written; a fault that is not the database's absence is given up, and the lease runs out. */
  private void write(List<ActiveRun> runs, Runnable statement) throws InterruptedException {
    for (int failures = 0; !runs.isEmpty() && failures < TRIES; ) {
      try {
        statement.run();
        break;
      } catch (RuntimeException e) {
        failures += DatabaseOutage.isCauseOf(e) ? 0 : 1;
        LOG.log(failures == TRIES ? Level.ERROR : Level.DEBUG, "The end of " + runs.size() + " jobs was not written", e);
        TimeUnit.MILLISECONDS.sleep(250);
      }
    }
    runs.forEach(activeRuns::remove);
  }

  /** Those that completed themselves have told the ledger, if their transaction went well; if not, their lease runs out. */
  private void complete(List<ActiveRun> runs) {
    List<ActiveRun> open = runs.stream().filter(run -> !run.isCompleted()).toList();
    if (!open.isEmpty()) {
      leases.complete(open);
      open.forEach(news::completed);
    }
  }

  private void settle(Ending e) {
    Claim claim = e.run().claim();
    String state = leases.settle(claim, e.verdict());
    if (!state.isEmpty()) {
      log(claim, state, e.verdict());
      news.changed(claim, state, e.verdict().reason());
    }
  }

  @SuppressWarnings("try") // open is all that the log's context has to be
  private static void log(Claim claim, String state, JobOutcome verdict) {
    String text = "Job " + claim.id() + " (" + claim.kind() + ", attempt " + claim.attempt() + ") is " + state
        + (verdict.reason() == null ? "" : ": " + verdict.reason());
    try (LogContext of = LogContext.ofJob(claim.id(), claim.kind())) {
      if (state.equals("dead")) {
        LOG.log(Level.ERROR, text, verdict.fault());
      } else {
        LOG.log(verdict.blameless() ? Level.DEBUG : Level.INFO, text);
      }
    }
  }
}
