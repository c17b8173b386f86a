package tasktracker.task;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The status of a task. People move it from any to any. */
public enum TaskStatus {
  OPEN, IN_PROGRESS, COMPLETED, CLOSED;

  /** Work that is still to be done. */
  public static final List<TaskStatus> UNFINISHED = List.of(OPEN, IN_PROGRESS);

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TaskStatus> of(String wire) {
    return Arrays.stream(values()).filter(value -> value.wire().equals(wire)).findFirst();
  }
}
