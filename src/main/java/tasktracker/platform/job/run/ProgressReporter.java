package tasktracker.platform.job.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import tasktracker.platform.data.AfterCommit;

/** Writes and publishes the progress of attempts, and completes jobs inside the transactions of their handlers. */
@ApplicationScoped
public class ProgressReporter {

  private static final System.Logger LOG = System.getLogger(ProgressReporter.class.getName());
  private final Leases leases;
  private final JobEventPublisher events;
  private final AfterCommit afterCommit;

  @Inject
  public ProgressReporter(Leases leases, JobEventPublisher events, AfterCommit afterCommit) {
    this.leases = leases;
    this.events = events;
    this.afterCommit = afterCommit;
  }

  /** Returns true when cancellation was requested. A failure to write progress is ignored: the next report replaces it. */
  boolean progress(ActiveRun run, Leases.Progress progress) {
    try {
      boolean stop = leases.progress(run.claim(), progress);
      events.progress(run, progress);
      return stop;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "The progress of job " + run.jobId() + " could not be written", e);
      return false;
    }
  }

  /** Completes the job in the caller's transaction. Fails when this node has lost the lease, so that the transaction rolls back. */
  void complete(ActiveRun run) {
    if (leases.complete(List.of(run)).isEmpty()) {
      throw new IllegalStateException("Job " + run.jobId() + " was given to another node; this attempt leaves no effect");
    }
    afterCommit.run(() -> events.completed(run));
  }
}
