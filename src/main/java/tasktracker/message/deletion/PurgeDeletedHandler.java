package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Purges the content of deleted messages that can no longer be restored. */
@ApplicationScoped
public class PurgeDeletedHandler implements BackgroundHandler<PurgeDeleted> {

  private final Deletions deletions;

  @Inject
  public PurgeDeletedHandler(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Class<PurgeDeleted> kind() {
    return PurgeDeleted.class;
  }

  @Override
  public void perform(PurgeDeleted job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.purgeBatch();
    }
  }
}
