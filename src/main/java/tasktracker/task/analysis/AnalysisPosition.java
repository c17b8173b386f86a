package tasktracker.task.analysis;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;

/** The last message of the batch that a run has stored. Chats are read in the order of their ids, each from its oldest message. */
public record AnalysisPosition(UUID chatId, Instant sentAt, UUID messageId) {

  String toJson() {
    return Json.jsonb().toJson(this);
  }

  static @Nullable AnalysisPosition parse(@Nullable String json) {
    return json == null ? null : Json.jsonb().fromJson(json, AnalysisPosition.class);
  }
}
