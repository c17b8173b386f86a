package tasktracker.source.telegram;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checklist in words: {@code Release: ☐ Fix login}, each further task on a line of its own.
 *
 * @param title its title, if it has one
 */
record Checklist(@Nullable String title, List<Task> tasks) {

  /** A task. */
  record Task(@Nullable String text, boolean isDone) {}

  String text() {
    String listed = tasks.stream().filter(t -> t.text() != null && !t.text().isBlank())
        .map(t -> (t.isDone() ? "☑ " : "☐ ") + Objects.requireNonNull(t.text()).strip()).collect(Collectors.joining("\n"));
    String heading = title == null || title.isBlank() ? "[Checklist]" : title.strip();
    return listed.isEmpty() ? heading : heading + ": " + listed;
  }
}
