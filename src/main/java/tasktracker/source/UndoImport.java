package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;

/** Delete the messages that an import stored. */
@Kind("undo_import_task")
public record UndoImport(UUID importId) implements Job {

  /** Deletes the messages of an import in batches. */
  @ApplicationScoped
  public static class Handler implements JobHandler<UndoImport> {

    private final Imports imports;

    @Inject
    public Handler(Imports imports) {
      this.imports = imports;
    }

    @Override
    public Class<UndoImport> kind() {
      return UndoImport.class;
    }

    @Override
    public Queue queue() {
      return Queue.INTERACTIVE;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(2);
    }

    @Override
    public void perform(UndoImport job, JobRun run) {
      boolean done = false;
      while (!done && !run.stopRequested()) {
        done = imports.undoBatch(job.importId());
      }
    }
  }
}
