package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystMessage;
import tasktracker.task.analyst.DueDate;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;

/** Reads priority, category and tags out of the words of a task. */
final class TaskAttributes {

  private static final int MAX_TAGS = 5;
  private static final int MAX_TAG = 40;
  private static final int FIRST_WORDS = 2;
  private static final Map<String, TaskCategory> CATEGORIES = Map.of("bug", TaskCategory.BUG, "feature", TaskCategory.FEATURE,
      "improvement", TaskCategory.IMPROVEMENT, "question", TaskCategory.QUESTION);

  private TaskAttributes() {}

  /** @param words those of the sentences of the task */
  static TaskPriority priority(List<Word> words, @Nullable DueDate due, AnalystMessage message) {
    ActWords acts = ActWords.shared();
    if (acts.has("low", words)) {
      return TaskPriority.LOW;
    }
    if (acts.has("critical", words)) {
      return TaskPriority.CRITICAL;
    }
    return acts.has("high", words) || due != null && DueDates.isSoon(due, message) ? TaskPriority.HIGH : TaskPriority.MEDIUM;
  }

  /** The category that most words of the title speak for; those at its beginning, where the verb is, count three times. */
  static TaskCategory category(List<Word> title) {
    TaskCategory best = TaskCategory.CHORE;
    int most = 0;
    for (TaskCategory category : List.of(TaskCategory.BUG, TaskCategory.FEATURE, TaskCategory.IMPROVEMENT, TaskCategory.QUESTION)) {
      int count = ActWords.shared().find(title).stream().filter(match -> CATEGORIES.get(match.section()) == category)
          .mapToInt(match -> match.from() < FIRST_WORDS ? 3 : 1).sum();
      if (count > most) {
        best = category;
        most = count;
      }
    }
    return best;
  }

  /** The hashtags, and the title of the forum topic. */
  static List<String> tags(List<Word> words, AnalystMessage message) {
    Set<String> tags = new LinkedHashSet<>();
    words.stream().filter(word -> word.text().charAt(0) == '#' && word.text().length() > 2)
        .forEach(word -> tags.add(word.text().substring(1)));
    String thread = message.threadTitle();
    if (thread != null && !thread.isBlank() && !thread.equalsIgnoreCase("general")) {
      tags.add(thread.strip().toLowerCase(Locale.ROOT));
    }
    return new ArrayList<>(tags.stream().filter(tag -> tag.length() <= MAX_TAG).limit(MAX_TAGS).toList());
  }
}
