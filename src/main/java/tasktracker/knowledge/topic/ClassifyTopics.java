package tasktracker.knowledge.topic;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.project.ProjectsClassified;

/**
 * Find the projects of topics.
 *
 * @param topics the topics, or an empty list for all
 */
@Kind("classify_topics_by_project_task")
public record ClassifyTopics(List<UUID> topics) implements Job {

  /** Classifies topics whose text was written, and all topics when messages were classified by changed projects. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ClassifyTopics> {

    private static final int BATCH_SIZE = 50;
    private final TopicProjects projects;
    private final Jobs jobs;

    @Inject
    public Handler(TopicProjects projects, Jobs jobs) {
      this.projects = projects;
      this.jobs = jobs;
    }

    void on(@Observes TopicWritten event) {
      projects.enqueue(List.of(event.topicId()));
    }

    void on(@Observes ProjectsClassified event) {
      // Without a unique key: a job that runs may have passed topics by the former words.
      jobs.enqueue(new ClassifyTopics(List.of()));
    }

    @Override
    public Class<ClassifyTopics> kind() {
      return ClassifyTopics.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(1);
    }

    @Override
    public void perform(ClassifyTopics job, JobRun run) {
      if (job.topics().isEmpty()) {
        classifyAll(run);
      } else {
        projects.classify(job.topics());
      }
    }

    private void classifyAll(JobRun run) {
      UUID after = null;
      for (List<UUID> next = next(after); !next.isEmpty() && !run.stopRequested(); next = next(after)) {
        projects.classify(next);
        after = next.getLast();
      }
    }

    private List<UUID> next(@Nullable UUID after) {
      return projects.findTopics(after, BATCH_SIZE);
    }
  }
}
