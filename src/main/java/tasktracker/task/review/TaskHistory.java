package tasktracker.task.review;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStore;

/**
 * A change of a task as its page shows it.
 *
 * @param isUndoable whether nothing was changed after it
 */
public record TaskHistory(TaskStore.Change change, List<Field> fields, boolean isUndoable) {

  private static final Set<String> HIDDEN = Set.of("assignee_id", "project_id", "due_at");
  private static final Set<String> CODED = Set.of("status", "priority", "category");

  /**
   * A changed field.
   *
   * @param before the value before; empty for none
   * @param isCoded whether the values are the last parts of keys {@code task.NAME.*}
   */
  public record Field(String name, String before, String after, boolean isCoded) {

    /** The key of the words for a coded value before. */
    public String beforeKey() {
      return "task." + name + "." + before;
    }

    /** The key of the words for a coded value after. */
    public String afterKey() {
      return "task." + name + "." + after;
    }
  }

  static List<TaskHistory> of(TaskItem task, List<TaskStore.Change> changes) {
    return changes.stream().map(change -> new TaskHistory(change, fields(change),
        change.action().equals("edited") && change.undoneAt() == null && change.revision() == task.revision())).toList();
  }

  private static List<Field> fields(TaskStore.Change change) {
    return change.previous().entrySet().stream().filter(entry -> !HIDDEN.contains(entry.getKey()))
        .map(entry -> field(entry, change.data())).toList();
  }

  private static Field field(Map.Entry<String, String> before, Map<String, String> after) {
    return new Field(before.getKey(), before.getValue(), after.getOrDefault(before.getKey(), ""), CODED.contains(before.getKey()));
  }
}
