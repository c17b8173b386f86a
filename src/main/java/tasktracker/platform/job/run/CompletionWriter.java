package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.JobState;
import tasktracker.platform.log.LogContext;

/**
 * Writes the outcomes of attempts to the job table in batches. One thread writes whatever has ended since its last write, so
 * that a commit covers one job at low load and hundreds at high load. It retries while the database is unavailable.
 */
@ApplicationScoped
public class CompletionWriter {

  private static final System.Logger LOG = System.getLogger(CompletionWriter.class.getName());
  private static final int BATCH = 500;
  private static final int MAX_ATTEMPTS = 3;
  /** With more active jobs than this, a short wait makes the batch larger. */
  private static final int BUSY_THRESHOLD = 20;
  private static final long LINGER_MS = 3;

  private record Completion(ActiveRun run, JobOutcome outcome) {}

  private final LinkedBlockingQueue<Completion> queue = new LinkedBlockingQueue<>();
  private final Leases leases;
  private final ActiveRuns activeRuns;
  private final JobEventPublisher events;

  @Inject
  public CompletionWriter(Leases leases, ActiveRuns activeRuns, JobEventPublisher events) {
    this.leases = leases;
    this.activeRuns = activeRuns;
    this.events = events;
  }

  void submit(ActiveRun run, JobOutcome outcome) {
    queue.add(new Completion(run, outcome));
  }

  /** Writes until the thread is interrupted. */
  void runLoop() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        writeNext(Duration.ofSeconds(1));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeNext(Duration wait) throws InterruptedException {
    Completion first = queue.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return;
    }
    if (activeRuns.size() > BUSY_THRESHOLD) {
      TimeUnit.MILLISECONDS.sleep(LINGER_MS);
    }
    List<Completion> batch = new ArrayList<>(List.of(first));
    queue.drainTo(batch, BATCH - 1);
    List<ActiveRun> completed = batch.stream().filter(e -> e.outcome().isCompleted()).map(Completion::run).toList();
    write(completed, () -> complete(completed));
    for (Completion e : batch) {
      if (!e.outcome().isCompleted()) {
        write(List.of(e.run()), () -> write(e));
      }
    }
  }

  /** Retries a write. After three failures that are no outage of the database it gives up, and the leases expire. */
  private void write(List<ActiveRun> runs, Runnable statement) throws InterruptedException {
    for (int failures = 0; !runs.isEmpty() && failures < MAX_ATTEMPTS;) {
      try {
        statement.run();
        runs.stream().filter(run -> !run.isCompleted()).forEach(activeRuns::remove);
        break;
      } catch (RuntimeException e) {
        failures += DatabaseOutage.isCauseOf(e) ? 0 : 1;
        LOG.log(failures == MAX_ATTEMPTS ? Level.ERROR : Level.DEBUG, "The outcomes of " + runs.size() + " jobs could not be written", e);
        TimeUnit.MILLISECONDS.sleep(250);
      }
    }
    runs.forEach(activeRuns::abandon);
  }

  /** Leaves out jobs that completed themselves in their own transaction; if that was rolled back, their lease expires. */
  private void complete(List<ActiveRun> runs) {
    List<ActiveRun> open = runs.stream().filter(run -> !run.isCompleted()).toList();
    if (!open.isEmpty()) {
      leases.complete(open);
      open.forEach(events::completed);
    }
  }

  private void write(Completion e) {
    Claim claim = e.run().claim();
    leases.finish(claim, e.outcome()).ifPresent(state -> {
      log(claim, state, e.outcome());
      events.changed(claim, state, e.outcome().reason());
    });
  }

  @SuppressWarnings("try") // the log context only has to be open
  private static void log(Claim claim, JobState state, JobOutcome outcome) {
    String text = "Job " + claim.id() + " (" + claim.kind() + ", attempt " + claim.attempt() + ") is " + state.wire()
        + (outcome.reason() == null ? "" : ": " + outcome.reason());
    try (LogContext of = LogContext.ofJob(claim.id(), claim.kind())) {
      if (state == JobState.DEAD) {
        LOG.log(Level.ERROR, text, outcome.failure());
      } else {
        LOG.log(outcome.refundsAttempt() ? Level.DEBUG : Level.INFO, text);
      }
    }
  }
}
