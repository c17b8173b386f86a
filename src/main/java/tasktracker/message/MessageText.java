package tasktracker.message;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.json.Json;

/** The part of a message that an edit changes; its components have the names of the columns. */
public record MessageText(String kind, String content, String entities, @Nullable Instant editedAt) {

  static MessageText of(IncomingMessage in) {
    return new MessageText(in.kind().name().toLowerCase(Locale.ROOT), in.text(), Json.jsonb().toJson(in.entities()), in.editedAt());
  }
}
