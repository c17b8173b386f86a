package tasktracker.platform.job;

import java.util.UUID;

/** One attempt at a job, as the handler sees it. */
public interface JobRun {

  UUID jobId();

  /** The number of the attempt, from 1. */
  int attempt();

  /** How many attempts have failed if this one fails: those that a lost server ended are not counted. */
  default int failures() {
    return attempt();
  }

  /** Reports progress. It is written and published at most twice a second. */
  void progress(long done, long total, String note);

  /** True once cancellation was requested or the server is shutting down. Call it at least once a batch. */
  boolean stopRequested();

  /**
   * Completes the job inside the caller's transaction, together with its last effect. If the transaction commits, the job
   * never runs again; if it rolls back, the job is retried. A job whose handler does not call this is completed after the
   * handler returns.
   */
  void complete();
}
