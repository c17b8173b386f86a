package tasktracker.source.telegram.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/**
 * A checklist as text, the same for the Bot API and for exports.
 *
 * @param title its title, or null
 */
public record Checklist(@Nullable String title, List<Task> tasks) {

  static final String OPEN = "☐";
  static final String DONE = "☑";
  /** Telegram allows fewer; further tasks are ignored. */
  private static final int MAX_TASKS = 1_000;

  /**
   * A task.
   *
   * @param id its id within the checklist; 0 when it has none
   */
  public record Task(long id, String text, boolean isDone) {

    private String line() {
      return (isDone ? DONE : OPEN) + " " + text;
    }
  }

  /** Parses a {@code Checklist} of the Bot API. */
  public static Checklist ofBotApi(LenientJson checklist) {
    return new Checklist(FormattedText.plainText(checklist, "title"), tasks(checklist.objects("tasks")));
  }

  /** Parses a {@code todo_list} of an export, which lists the completed tasks by their ids. */
  public static Checklist ofExport(LenientJson checklist) {
    Set<Long> completed = checklist.objects("completions").stream().map(completion -> completion.number("id")).filter(Objects::nonNull)
        .collect(Collectors.toSet());
    return new Checklist(FormattedText.plainText(checklist, "title"), tasks(checklist.objects("answers"),
        task -> task.isTrue("completed") || completed.contains(task.number("id"))));
  }

  /** Parses tasks of the Bot API; those without text are omitted. */
  public static List<Task> tasks(List<LenientJson> tasks) {
    return tasks(tasks, Checklist::isDone);
  }

  private static List<Task> tasks(List<LenientJson> tasks, Predicate<LenientJson> isDone) {
    List<Task> parsed = new ArrayList<>();
    for (LenientJson task : tasks.subList(0, Math.min(tasks.size(), MAX_TASKS))) {
      String text = FormattedText.plainText(task, "text");
      Long id = task.number("id");
      if (text != null) {
        parsed.add(new Task(id == null ? 0 : id, text, isDone.test(task)));
      }
    }
    return parsed;
  }

  private static boolean isDone(LenientJson task) {
    Long date = task.number("completion_date");
    return task.has("completed_by_user") || task.has("completed_by_chat") || date != null && date > 0;
  }

  /** The text of the message: {@code Release: ☐ Fix login}, each further task on a line of its own. */
  public String text() {
    String lines = tasks.stream().map(Task::line).collect(Collectors.joining("\n"));
    String heading = title == null ? "[Checklist]" : title;
    return tasks.isEmpty() ? heading : heading + ": " + lines;
  }

  /** The texts of the tasks with these ids, on one line; empty when the checklist has none of them. */
  public String names(Set<Long> ids) {
    return names(tasks.stream().filter(task -> ids.contains(task.id())).toList());
  }

  /** The texts of tasks, on one line. */
  public static String names(List<Task> tasks) {
    return tasks.stream().map(Task::text).collect(Collectors.joining(", "));
  }
}
