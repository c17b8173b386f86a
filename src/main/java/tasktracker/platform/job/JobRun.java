package tasktracker.platform.job;

import java.util.UUID;

/** One attempt at a job, as its handler sees it. */
public interface JobRun {

  UUID jobId();

  /** 1 for the first attempt. */
  int attempt();

  /** Tells how far the work is; written and pushed at most twice a second. */
  void progress(long done, long total, String note);

  /** True once somebody asked the job to stop, or the server is shutting down; ask at least once a batch. */
  boolean stopRequested();

  /**
   * Marks the job done inside the caller's transaction, the one that holds its last effect: if that commits the job
   * never runs again, if it rolls back it runs again cleanly. A handler that does not call this is completed after it
   * returns.
   */
  void complete();
}
