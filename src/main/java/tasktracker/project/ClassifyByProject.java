package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/**
 * Find the project of each message again, because words or rules were changed.
 *
 * @param generation the sum of the projects' generations; a run ends early when it is no longer the latest
 */
@Kind("classify_messages_by_project_task")
public record ClassifyByProject(long generation) implements Job {

  /** Classifies batch after batch by id; a run after a crash starts again and changes nothing twice. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ClassifyByProject> {

    private static final int BATCH_SIZE = 1000;
    private final ProjectStore store;
    private final MessageProjects messages;

    @Inject
    public Handler(ProjectStore store, MessageProjects messages) {
      this.store = store;
      this.messages = messages;
    }

    @Override
    public Class<ClassifyByProject> kind() {
      return ClassifyByProject.class;
    }

    @Override
    public void perform(ClassifyByProject job, JobRun run) {
      ProjectMatcher matcher = new ProjectMatcher(store.list(true, 500, 0));
      UUID after = null;
      long done = 0;
      while (!run.stopRequested() && store.generation() == job.generation()) {
        List<ProjectStore.Text> batch = store.findMessages(after, BATCH_SIZE);
        if (batch.isEmpty()) {
          return;
        }
        messages.save(batch, matcher);
        after = batch.getLast().id();
        done += batch.size();
        run.progress(done, done, "");
      }
    }
  }
}
