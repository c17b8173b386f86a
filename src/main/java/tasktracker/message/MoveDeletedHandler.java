package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Deletes or restores many messages, some hundred a transaction. */
@ApplicationScoped
public class MoveDeletedHandler implements BackgroundHandler<MoveDeleted> {

  private @Nullable Deletions deletions;

  protected MoveDeletedHandler() {}

  @Inject
  public MoveDeletedHandler(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Class<MoveDeleted> kind() {
    return MoveDeleted.class;
  }

  @Override
  public void perform(MoveDeleted job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.goOn(job.deletionId());
    }
  }
}
