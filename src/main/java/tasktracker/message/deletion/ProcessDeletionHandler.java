package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Deletes or restores messages in batches, each in its own transaction. */
@ApplicationScoped
public class ProcessDeletionHandler implements BackgroundHandler<ProcessDeletion> {

  private final Deletions deletions;

  @Inject
  public ProcessDeletionHandler(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Class<ProcessDeletion> kind() {
    return ProcessDeletion.class;
  }

  @Override
  public void perform(ProcessDeletion job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.processBatch(job.deletionId());
    }
  }
}
