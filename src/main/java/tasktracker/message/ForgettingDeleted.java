package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Forgets what deleted messages said, once they can no longer be restored. */
@ApplicationScoped
public class ForgettingDeleted implements BackgroundHandler<ForgetDeleted> {

  private @Nullable Deletions deletions;

  protected ForgettingDeleted() {}

  @Inject
  public ForgettingDeleted(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Class<ForgetDeleted> kind() {
    return ForgetDeleted.class;
  }

  @Override
  public void perform(ForgetDeleted job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.forgetSome();
    }
  }
}
