package tasktracker.task;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.Json;
import tasktracker.platform.web.problem.Problem;
import tasktracker.task.analyst.TaskCategory;
import tasktracker.task.analyst.TaskPriority;

/**
 * What a task, or the proposal of one, says.
 *
 * @param tags lower-case words
 * @param assigneeName the name of the assignee as the chat shows it, or as the message says it, or null
 * @param dueOn the last day, as people of the chat count it, or null
 * @param dueAt the moment, when a time of day was said, or null
 */
public record TaskFields(String title, String description, TaskPriority priority, TaskCategory category, List<String> tags,
    @Nullable UUID projectId, @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable LocalDate dueOn,
    @Nullable Instant dueAt) {

  public static final int MAX_TITLE = 500;
  public static final int MAX_DESCRIPTION = 10_000;
  private static final int MAX_TAGS = 20;
  private static final int MAX_TAG = 50;
  private static final int MAX_NAME = 300;

  /** @throws Problem 422 when a value is not allowed */
  public TaskFields {
    title = title.strip();
    description = description.strip();
    require(!title.isEmpty() && isText(title, MAX_TITLE), "problem.task.title", MAX_TITLE);
    require(isText(description, MAX_DESCRIPTION), "problem.task.description", MAX_DESCRIPTION);
    tags = words(tags);
    assigneeName = assigneeName == null || assigneeName.isBlank() ? null : assigneeName.strip();
    require(assigneeName == null || isText(assigneeName, MAX_NAME), "problem.task.assignee", MAX_NAME);
  }

  private static boolean isText(String text, int most) {
    return text.codePointCount(0, text.length()) <= most && StorableText.isStorable(text);
  }

  private static void require(boolean isAllowed, String key, Object... parameters) {
    if (!isAllowed) {
      throw Problem.unprocessable(LocalizedMessage.of(key, parameters));
    }
  }

  private static List<String> words(List<String> given) {
    LinkedHashSet<String> words = new LinkedHashSet<>();
    for (String tag : given) {
      String word = tag.strip().toLowerCase(Locale.ROOT);
      require(isText(word, MAX_TAG), "problem.task.tags", MAX_TAGS, MAX_TAG);
      words.add(word);
    }
    words.remove("");
    require(words.size() <= MAX_TAGS, "problem.task.tags", MAX_TAGS, MAX_TAG);
    return List.copyOf(words);
  }

  /** The values by name as texts, for the history; missing ones are empty. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("title", title);
    map.put("description", description);
    map.put("priority", priority.wire());
    map.put("category", category.wire());
    map.put("tags", String.join(", ", tags));
    map.put("project_id", text(projectId));
    map.put("assignee_id", text(assigneeId));
    map.put("assignee_name", text(assigneeName));
    map.put("due_on", text(dueOn));
    map.put("due_at", text(dueAt));
    return map;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /**
   * These fields with some of them changed.
   *
   * @param changes the new values by the names of {@link #toMap}; an empty text removes the value
   * @throws Problem 422 when a value is not allowed
   */
  public TaskFields with(Map<String, String> changes) {
    Map<String, String> all = toMap();
    all.putAll(changes);
    // A new day is not the moment that was said before.
    boolean isOtherDay = changes.containsKey("due_on") && !changes.containsKey("due_at") && !text(dueOn).equals(changes.get("due_on"));
    return parse(all, isOtherDay ? null : instant(all.getOrDefault("due_at", "")));
  }

  /**
   * Reads fields by name; those that are missing have the usual values.
   *
   * @throws Problem 422 when a value is not allowed
   */
  public static TaskFields parse(Map<String, String> fields) {
    return parse(fields, instant(fields.getOrDefault("due_at", "")));
  }

  private static TaskFields parse(Map<String, String> fields, @Nullable Instant dueAt) {
    TaskPriority priority = TaskPriority.of(fields.getOrDefault("priority", TaskPriority.MEDIUM.wire()))
        .orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.task.priority")));
    TaskCategory category = TaskCategory.of(fields.getOrDefault("category", TaskCategory.FEATURE.wire()))
        .orElseThrow(() -> Problem.unprocessable(LocalizedMessage.of("problem.task.category")));
    return new TaskFields(fields.getOrDefault("title", ""), fields.getOrDefault("description", ""), priority, category,
        tags(fields.getOrDefault("tags", "")), id(fields.getOrDefault("project_id", "")), id(fields.getOrDefault("assignee_id", "")),
        fields.getOrDefault("assignee_name", ""), day(fields.getOrDefault("due_on", "")), dueAt);
  }

  private static List<String> tags(String text) {
    return new ArrayList<>(List.of(text.split(",")));
  }

  static @Nullable UUID id(String text) {
    try {
      return text.isBlank() ? null : UUID.fromString(text.strip());
    } catch (IllegalArgumentException e) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.task.id"));
    }
  }

  private static @Nullable LocalDate day(String text) {
    try {
      LocalDate day = text.isBlank() ? null : LocalDate.parse(text.strip());
      require(day == null || day.getYear() >= 1970 && day.getYear() <= 9999, "problem.task.due");
      return day;
    } catch (DateTimeParseException e) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.task.due"));
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isBlank() ? null : Instant.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw Problem.unprocessable(LocalizedMessage.of("problem.task.due"));
    }
  }

  /** Tags as they are stored. */
  public static String tagsToJson(List<String> tags) {
    return Json.jsonb().toJson(tags);
  }

  /** Tags as they were stored. */
  public static List<String> tagsFromJson(String json) {
    return List.of(Json.jsonb().fromJson(json, String[].class));
  }
}
