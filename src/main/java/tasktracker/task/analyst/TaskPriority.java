package tasktracker.task.analyst;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a task matters, in rising order. */
public enum TaskPriority {
  LOW, MEDIUM, HIGH, CRITICAL;

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TaskPriority> of(String wire) {
    return Arrays.stream(values()).filter(value -> value.wire().equals(wire)).findFirst();
  }
}
