package tasktracker.message;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Queue;

/** Deletes or restores many messages, some hundred a transaction. */
@ApplicationScoped
public class MovingDeleted implements JobHandler<MoveDeleted> {

  private @Nullable Deletions deletions;

  protected MovingDeleted() {}

  @Inject
  public MovingDeleted(Deletions deletions) {
    this.deletions = deletions;
  }

  @Override
  public Class<MoveDeleted> kind() {
    return MoveDeleted.class;
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
  public void perform(MoveDeleted job, JobRun run) {
    boolean done = false;
    while (!done && !run.stopRequested()) {
      done = deletions.goOn(job.deletionId());
    }
  }
}
