package tasktracker.source.telegram.text;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.LenientJson;

/**
 * A checklist of the Bot API, in the words that exports give it.
 *
 * @param title its title, or null
 */
public record BotChecklist(@Nullable String title, List<Task> tasks) {

  static final String OPEN = "☐";
  static final String DONE = "☑";
  /** More than Telegram allows; of others only the beginning is read. */
  private static final int MOST_TASKS = 1_000;

  /** A task and whether somebody has completed it. */
  public record Task(long id, String text, boolean isDone) {

    private String line() {
      return (isDone ? DONE : OPEN) + " " + text;
    }
  }

  /** Reads a {@code Checklist} of the Bot API. */
  public static BotChecklist of(LenientJson checklist) {
    return new BotChecklist(FormattedText.words(checklist, "title"), tasks(checklist.rows("tasks")));
  }

  /** Reads tasks that have an {@code id} and a {@code text}; those without words are left out. */
  public static List<Task> tasks(List<LenientJson> tasks) {
    return tasks.stream().limit(MOST_TASKS).filter(task -> FormattedText.words(task, "text") != null)
        .map(task -> new Task(task.number("id") == null ? 0 : task.number("id"), FormattedText.words(task, "text"), isDone(task))).toList();
  }

  private static boolean isDone(LenientJson task) {
    Long date = task.number("completion_date");
    return task.has("completed_by_user") || task.has("completed_by_chat") || date != null && date > 0;
  }

  /** {@code Release: ☐ Fix login}, each further task on a line of its own. */
  public String text() {
    String lines = tasks.stream().map(Task::line).collect(Collectors.joining("\n"));
    String heading = title == null ? "[Checklist]" : title;
    return tasks.isEmpty() ? heading : heading + ": " + lines;
  }

  /** The texts of the tasks with these ids in one line; empty when none is known. */
  public String named(Set<Long> ids) {
    return named(tasks.stream().filter(task -> ids.contains(task.id())).toList());
  }

  /** The texts of tasks in one line. */
  public static String named(List<Task> tasks) {
    return tasks.stream().map(Task::text).collect(Collectors.joining(", "));
  }
}
