package tasktracker.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Selects tasks; a null component matches any.
 *
 * @param text part of the title or description, case-insensitive
 * @param statuses any of these; empty for all
 */
public record TaskFilter(@Nullable String text, List<TaskStatus> statuses, @Nullable String priority, @Nullable UUID project,
    @Nullable UUID assignee) {

  public static final TaskFilter ANY = new TaskFilter(null, List.of(), null, null, null);
  /** Work that is still to be done. */
  public static final TaskFilter UNFINISHED = ANY.withStatuses(TaskStatus.UNFINISHED);

  /** The same selection with other statuses. */
  public TaskFilter withStatuses(List<TaskStatus> others) {
    return new TaskFilter(text, others, priority, project, assignee);
  }

  /** The SQL condition over {@code task t}. */
  String condition() {
    List<String> parts = new ArrayList<>(List.of("true"));
    add(parts, text, "(t.title ilike :like or t.description ilike :like)");
    add(parts, statuses.isEmpty() ? null : statuses,
        "t.status in (" + String.join(", ", statuses.stream().map(one -> "'" + one.wire() + "'").toList()) + ")");
    add(parts, priority, "t.priority = :priority");
    add(parts, project, "t.project_id = :project");
    add(parts, assignee, "t.assignee_id = :assignee");
    return String.join(" and ", parts);
  }

  private static void add(List<String> parts, @Nullable Object value, String condition) {
    if (value != null) {
      parts.add(condition);
    }
  }

  /** The values of the condition by name. */
  Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    values.put("like", text == null ? null : "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%");
    values.put("priority", priority);
    values.put("project", project);
    values.put("assignee", assignee);
    values.values().removeIf(java.util.Objects::isNull);
    return values;
  }
}
