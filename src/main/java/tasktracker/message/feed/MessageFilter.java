package tasktracker.message.feed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Strength;
import tasktracker.platform.data.LikePattern;
import tasktracker.platform.web.query.Query;
import tasktracker.platform.web.query.QueryParameters;

/**
 * Selects messages; a null or empty component matches any. It is applied in SQL, to the whole table and not only to the
 * current page.
 *
 * @param text part of the content, case-insensitive
 * @param author part of the author's full name, case-insensitive
 * @param authorId the author
 * @param source part of the source's name, case-insensitive
 * @param chatId the chat
 * @param classes among {@code noise}, {@code weak_signal}, {@code signal}, {@code spam}, {@code unscored}
 * @param from sent at or after this time
 * @param until sent before this time
 * @param scoreMin minimum importance, 0 to 1
 * @param scoreMax maximum importance, 0 to 1
 * @param importId stored by this import
 * @param topicId of this topic
 * @param projectId of this project
 * @param strengthMin minimum strength, 0 to 100
 * @param strengthMax maximum strength, 0 to 100; a message without one is not selected
 */
@QueryParameters(value = {"q", "author", "author_id", "source", "chat_id", "date_from", "date_to", "importance_min", "importance_max",
    "import_id", "topic_id", "project_id"}, repeatable = {"class", "classification"})
public record MessageFilter(
    @Nullable String text,
    @Nullable String author,
    @Nullable UUID authorId,
    @Nullable String source,
    @Nullable UUID chatId,
    Set<String> classes,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Double scoreMin,
    @Nullable Double scoreMax,
    @Nullable UUID importId,
    @Nullable UUID topicId,
    @Nullable UUID projectId,
    @Nullable Integer strengthMin,
    @Nullable Integer strengthMax) {

  /** The allowed values of {@code classes}. */
  public static final Set<String> CLASSES = Set.of("noise", "weak_signal", "signal", "spam", "unscored");
  public static final MessageFilter ANY = new MessageFilter(null, null, null, null, null, Set.of(), null, null, null, null, null);

  public MessageFilter {
    classes = Set.copyOf(classes);
  }

  /** Of any topic, project and strength. */
  public MessageFilter(@Nullable String text, @Nullable String author, @Nullable UUID authorId, @Nullable String source,
      @Nullable UUID chatId, Set<String> classes, @Nullable Instant from, @Nullable Instant until, @Nullable Double scoreMin,
      @Nullable Double scoreMax, @Nullable UUID importId) {
    this(text, author, authorId, source, chatId, classes, from, until, scoreMin, scoreMax, importId, null, null, null,
        null);
  }

  /**
   * Parses query parameters: {@code q, author, author_id, source, chat_id, class} (or {@code classification}), {@code
   * date_from, date_to, importance_min, importance_max, import_id, topic_id, project_id}.
   *
   * @throws tasktracker.platform.web.problem.Problem 400 when one of them is not understood
   */
  public static MessageFilter of(Query query) {
    Set<String> classes = new java.util.LinkedHashSet<>(query.among("class", CLASSES));
    classes.addAll(query.among("classification", CLASSES));
    return new MessageFilter(query.text("q", 200), query.text("author", 200), query.id("author_id"),
        query.text("source", 100), query.id("chat_id"), classes, query.from("date_from"), query.until("date_to"),
        query.fraction("importance_min"), query.fraction("importance_max"), query.id("import_id"), query.id("topic_id"),
        query.id("project_id"), null, null);
  }

  public MessageFilter withClasses(Set<String> others) {
    return new MessageFilter(text, author, authorId, source, chatId, others, from, until, scoreMin, scoreMax, importId, topicId, projectId,
        strengthMin, strengthMax);
  }

  /** Whether {@code message_count} contains the count: the filter selects at most one chat and some classes. */
  public boolean isCounted() {
    return text == null && author == null && authorId == null && source == null && from == null && until == null
        && scoreMin == null && scoreMax == null && importId == null && topicId == null && projectId == null
        && strengthMin == null && strengthMax == null;
  }

  /** Whether it searches for a text, which may scan all messages. */
  boolean isSearch() {
    return text != null || author != null;
  }

  /** The SQL condition over {@code message m}; true when nothing is selected. */
  public String condition() {
    List<String> parts = new ArrayList<>();
    add(parts, text, "m.content ilike :text");
    add(parts, author, """
        m.author_id in (select id from person where (first_name || ' ' || coalesce(last_name, '')) ilike :author)""");
    add(parts, authorId, "m.author_id = :authorId");
    add(parts, source, "m.source_id in (select id from source where name ilike :source)");
    add(parts, chatId, "m.chat_id = :chatId");
    add(parts, classes.isEmpty() ? null : classes, classCondition());
    add(parts, from, "m.sent_at >= :from");
    add(parts, until, "m.sent_at < :until");
    add(parts, scoreMin, "m.importance_score >= :scoreMin");
    add(parts, scoreMax, "m.importance_score <= :scoreMax");
    add(parts, importId, "m.import_id = :importId");
    add(parts, topicId, "m.topic_id = :topicId");
    add(parts, projectId, "m.id in (select message_id from message_project where project_id = :projectId)");
    // The first condition repeats that of the index.
    add(parts, strengthMin, "m.importance_score is not null and " + Strength.ORDER_SQL + " >= :strengthMin");
    add(parts, strengthMax, "m.importance_score is not null and " + Strength.ORDER_SQL + " between 0 and :strengthMax");
    return parts.isEmpty() ? "true" : String.join(" and ", parts);
  }

  private static void add(List<String> parts, @Nullable Object asked, String condition) {
    if (asked != null) {
      parts.add(condition);
    }
  }

  private String classCondition() {
    if (!classes.contains("unscored")) {
      // With one class the index returns the rows in order; with any() a rare class would be searched for in the whole feed.
      return classes.size() == 1 ? "m.noise_classification = :class" : "m.noise_classification = any(:classes)";
    }
    return classes.size() == 1
        ? "m.noise_classification is null"
        : "(m.noise_classification is null or m.noise_classification = any(:classes))";
  }

  /** The parameters of {@link #condition()}, by name. */
  public Map<String, Object> values() {
    Map<String, Object> values = new HashMap<>();
    put(values, "text", text == null ? null : LikePattern.containing(text));
    put(values, "author", author == null ? null : LikePattern.containing(author));
    put(values, "authorId", authorId);
    put(values, "source", source == null ? null : LikePattern.containing(source));
    put(values, "chatId", chatId);
    put(values, "class", classes.size() == 1 ? classes.iterator().next() : null);
    put(values, "classes", classes.isEmpty() ? null : classes.toArray(String[]::new));
    put(values, "from", from);
    put(values, "until", until);
    put(values, "scoreMin", scoreMin);
    put(values, "scoreMax", scoreMax);
    put(values, "importId", importId);
    put(values, "topicId", topicId);
    put(values, "projectId", projectId);
    put(values, "strengthMin", strengthMin);
    put(values, "strengthMax", strengthMax);
    return values;
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
