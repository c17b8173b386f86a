package tasktracker.task.analyst;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of work a task is. */
public enum TaskCategory {
  BUG, FEATURE, IMPROVEMENT, QUESTION, CHORE;

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TaskCategory> of(String wire) {
    return Arrays.stream(values()).filter(value -> value.wire().equals(wire)).findFirst();
  }
}
