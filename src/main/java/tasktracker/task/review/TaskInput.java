package tasktracker.task.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a task that a program sends; missing ones stay, an empty text removes a value.
 *
 * @param dueOn a day such as {@code 2026-01-31}
 */
public record TaskInput(@Nullable String title, @Nullable String description, @Nullable String status, @Nullable String priority,
    @Nullable String category, @Nullable List<String> tags, @Nullable String projectId, @Nullable String assigneeId,
    @Nullable String assigneeName, @Nullable String dueOn, @Nullable Integer revision) {

  static final TaskInput EMPTY = new TaskInput(null, null, null, null, null, null, null, null, null, null, null);

  /** The values that were sent, by the names of {@link tasktracker.task.TaskFields#toMap}. */
  Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    put(changes, "title", title);
    put(changes, "description", description);
    put(changes, "status", status);
    put(changes, "priority", priority);
    put(changes, "category", category);
    put(changes, "tags", tags == null ? null : String.join(",", tags));
    put(changes, "project_id", projectId);
    put(changes, "assignee_id", assigneeId);
    put(changes, "assignee_name", assigneeName);
    put(changes, "due_on", dueOn);
    return changes;
  }

  private static void put(Map<String, String> changes, String name, @Nullable String value) {
    if (value != null) {
      changes.put(name, value);
    }
  }
}
