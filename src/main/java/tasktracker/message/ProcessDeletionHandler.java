package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Deletes or restores messages in batches, each in its own transaction. */
@ApplicationScoped
public class ProcessDeletionHandler implements BackgroundHandler<ProcessDeletion> {

  private @Nullable Deletions deletions;

  protected ProcessDeletionHandler() {}

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
