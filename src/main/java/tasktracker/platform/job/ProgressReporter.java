package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import tasktracker.platform.data.AfterCommit;

/** What attempts tell while they go on: to the ledger, and to those who watch. */
@ApplicationScoped
public class ProgressReporter {

  private static final System.Logger LOG = System.getLogger(ProgressReporter.class.getName());
  private final Leases leases;
  private final JobEventPublisher news;
  private final AfterCommit afterCommit;

  @SuppressWarnings("NullAway")
  protected ProgressReporter() {
    this(null, null, null); // for the container's proxy
  }

  @Inject
  public ProgressReporter(Leases leases, JobEventPublisher news, AfterCommit afterCommit) {
    this.leases = leases;
    this.news = news;
    this.afterCommit = afterCommit;
  }

  /** True when somebody asked the job to stop. A report that cannot be written harms nobody: the next one tells more. */
  boolean progress(ActiveRun run, Leases.Progress progress) {
    try {
      boolean stop = leases.progress(run.claim(), progress);
      news.progress(run, progress);
      return stop;
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "Progress of job " + run.jobId() + " was not written", e);
      return false;
    }
  }

  /** Marks the job done in the caller's transaction; fails it when the job is not this node's any more. */
  void complete(ActiveRun run) {
    if (leases.complete(List.of(run)).isEmpty()) {
      throw new IllegalStateException("Job " + run.jobId() + " was given to another node; this attempt leaves no effect");
    }
    afterCommit.run(() -> news.completed(run));
  }
}
