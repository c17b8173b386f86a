package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Settings of analysis runs. */
@ApplicationScoped
public class TaskAnalysisConfig {

  private static final int MIN_TASKS = 2;
  private final int tasksPerHundred;

  /** @param tasksPerHundred the maximum number of proposals for each 100 messages that are not noise, 1 to 100 */
  @Inject
  public TaskAnalysisConfig(@ConfigProperty(name = "tasks.per.hundred", defaultValue = "20") int tasksPerHundred) {
    this.tasksPerHundred = Math.clamp(tasksPerHundred, 1, 100);
  }

  /** The maximum number of proposals of a batch with so many messages that are neither noise nor spam. */
  int maxTasks(int messages) {
    return Math.max(MIN_TASKS, messages * tasksPerHundred / 100);
  }
}
