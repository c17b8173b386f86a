package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Purge the content of messages that were deleted long ago; scheduled by the migration. */
@Kind("forget_deleted_messages_task")
public record PurgeDeleted() implements Job {

  /** Purges the content of deleted messages that can no longer be restored. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<PurgeDeleted> {

    private final Deletions deletions;

    @Inject
    public Handler(Deletions deletions) {
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
}
