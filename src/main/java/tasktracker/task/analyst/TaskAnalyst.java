package tasktracker.task.analyst;

import java.util.List;

/**
 * Finds tasks in the messages of one chat. Implementations change nothing and may be called by several threads at once.
 * What they return is a proposal: the caller validates it before anything is stored.
 */
public interface TaskAnalyst {

  /** The name that is stored with everything that this analyst found, such as {@code builtin}. */
  String name();

  /**
   * Analyzes messages. The same input gives the same result; the best candidate is the first.
   *
   * @throws RuntimeException when the messages could not be analyzed; the caller isolates and records them
   */
  List<TaskCandidate> analyze(TaskAnalystInput input);
}
