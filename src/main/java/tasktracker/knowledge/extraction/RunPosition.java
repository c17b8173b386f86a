package tasktracker.knowledge.extraction;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;

/** The last examined message of a run. Chats are examined in the order of their ids, each from its oldest message. */
record RunPosition(UUID chatId, Instant sentAt, UUID messageId) {

  String toJson() {
    return Json.jsonb().toJson(new Stored(chatId, sentAt, messageId));
  }

  static @Nullable RunPosition parse(@Nullable String json) {
    if (json == null) {
      return null;
    }
    Stored stored = Json.jsonb().fromJson(json, Stored.class);
    return new RunPosition(stored.chatId(), stored.sentAt(), stored.messageId());
  }

  /** JSON-B maps public types only. */
  public record Stored(UUID chatId, Instant sentAt, UUID messageId) {}
}
