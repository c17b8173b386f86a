package tasktracker.project;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Find the project of each message again, because words or rules were changed. */
@Kind("classify_messages_by_project_task")
public record ClassifyByProject() implements Job {

  /**
   * Classifies batch after batch by id. It ends early when the rules are changed meanwhile: each change brings a job of
   * its own. A run after a crash starts again and changes nothing twice.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ClassifyByProject> {

    private static final int BATCH_SIZE = 1000;
    private final ProjectStore store;
    private final MessageProjects messages;
    private final Event<Object> events;

    @Inject
    public Handler(ProjectStore store, MessageProjects messages, Event<Object> events) {
      this.store = store;
      this.messages = messages;
      this.events = events;
    }

    @Override
    public Class<ClassifyByProject> kind() {
      return ClassifyByProject.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(12);
    }

    @Override
    public void perform(ClassifyByProject job, JobRun run) {
      String rules = store.rules();
      ProjectMatcher matcher = new ProjectMatcher(store.findActive());
      UUID after = null;
      long done = 0;
      while (!run.stopRequested() && store.rules().equals(rules)) {
        List<ProjectStore.Text> batch = store.findMessages(after, BATCH_SIZE);
        if (batch.isEmpty()) {
          events.fire(new ProjectsClassified());
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
