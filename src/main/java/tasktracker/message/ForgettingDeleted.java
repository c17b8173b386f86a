package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Queue;

/** Forgets what deleted messages said, once they can no longer be restored. */
@ApplicationScoped
public class ForgettingDeleted implements JobHandler<ForgetDeleted> {

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
  public Queue queue() {
    return Queue.BULK;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public void perform(ForgetDeleted job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.forgetSome();
    }
  }
}
