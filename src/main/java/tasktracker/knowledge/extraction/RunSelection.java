package tasktracker.knowledge.extraction;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;

/**
 * The messages that a run examines.
 *
 * @param messageIds only these; empty for all of the period
 * @param from sent at or after this time, or null
 * @param until sent before this time, or null
 * @param topicId only messages of this topic, or null
 * @param includesExamined whether messages that were examined before are examined again
 */
public record RunSelection(List<UUID> messageIds, @Nullable Instant from, @Nullable Instant until, @Nullable UUID topicId,
    boolean includesExamined) {

  /** These messages, also if they were examined before. */
  static RunSelection of(List<UUID> messageIds) {
    return new RunSelection(messageIds, null, null, null, true);
  }

  String toJson() {
    return Json.jsonb().toJson(this);
  }

  static RunSelection parse(String json) {
    return Json.jsonb().fromJson(json, RunSelection.class);
  }
}
