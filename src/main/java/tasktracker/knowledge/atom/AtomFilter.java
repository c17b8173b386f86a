package tasktracker.knowledge.atom;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.LikePattern;

/**
 * Selects atoms; a null component matches any.
 *
 * @param text part of the title or content, case-insensitive
 * @param project of a topic of this project
 * @param from said at or after this time
 * @param until said before this time
 */
public record AtomFilter(@Nullable String text, @Nullable String status, @Nullable String type, @Nullable UUID topic,
    @Nullable UUID project, @Nullable Double minConfidence, @Nullable Instant from, @Nullable Instant until) {

  public static final AtomFilter ANY = new AtomFilter(null, null, null, null, null, null, null, null);

  /** The same selection with another status. */
  public AtomFilter withStatus(@Nullable String other) {
    return new AtomFilter(text, other, type, topic, project, minConfidence, from, until);
  }

  /** The SQL condition over {@code atom a}. */
  String condition() {
    List<String> parts = new ArrayList<>(List.of("true"));
    add(parts, text, "(a.title ilike :like or a.content ilike :like)");
    add(parts, status, "a.status = :status");
    add(parts, type, "a.type = :type");
    add(parts, topic, "exists (select from topic_atom f where f.atom_id = a.id and f.topic_id = :topic)");
    add(parts, project,
        "exists (select from topic_atom f join topic ft on ft.id = f.topic_id where f.atom_id = a.id and ft.project_id = :project)");
    add(parts, minConfidence, "a.confidence >= :minConfidence");
    add(parts, from, "a.said_at >= :from");
    add(parts, until, "a.said_at < :until");
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
    values.put("like", text == null ? null : LikePattern.containing(text));
    values.put("status", status);
    values.put("type", type);
    values.put("topic", topic);
    values.put("project", project);
    values.put("minConfidence", minConfidence);
    values.put("from", from);
    values.put("until", until);
    values.values().removeIf(java.util.Objects::isNull);
    return values;
  }
}
