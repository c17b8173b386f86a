package tasktracker.message.deletion;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Continue to delete or restore the messages of a deletion. */
@Kind("move_deleted_messages_task")
public record ProcessDeletion(UUID deletionId) implements Job {

  /** Deletes or restores messages in batches, each in its own transaction. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ProcessDeletion> {

    private final Deletions deletions;

    @Inject
    public Handler(Deletions deletions) {
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
}
