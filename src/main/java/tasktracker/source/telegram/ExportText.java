package tasktracker.source.telegram;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.LenientJson;

/**
 * The text of an exported message, which comes in segments, as one string with spans in UTF-16 units, under the names
 * that the Bot API gives to their types.
 */
record ExportText(String text, List<TextEntity> entities) {

  static ExportText of(LenientJson row) {
    JsonValue segments = row.json().get("text_entities");
    boolean told = segments instanceof JsonArray a && !a.isEmpty();
    return joined(told ? segments : row.json().get("text"));
  }

  private static ExportText joined(@Nullable JsonValue text) {
    if (text instanceof JsonArray segments) {
      StringBuilder whole = new StringBuilder();
      List<TextEntity> entities = new ArrayList<>();
      segments.forEach(segment -> append(segment, whole, entities));
      return new ExportText(whole.toString(), List.copyOf(entities));
    }
    return new ExportText(text instanceof JsonString s ? s.getString() : "", List.of());
  }

  private static void append(JsonValue segment, StringBuilder whole, List<TextEntity> entities) {
    if (segment instanceof JsonString plain) {
      whole.append(plain.getString());
    } else if (segment instanceof JsonObject object) {
      LenientJson row = new LenientJson(object);
      String text = row.json().get("text") instanceof JsonString s ? s.getString() : "";
      String type = row.text("type");
      if (type != null && !type.equals("plain") && !text.isEmpty()) {
        entities.add(new TextEntity(botApiType(type, row), whole.length(), text.length(), value(type, row)));
      }
      whole.append(text);
    }
  }

  private static String botApiType(String type, LenientJson row) {
    return switch (type) {
      case "link" -> "url";
      case "mention_name" -> "text_mention";
      case "phone" -> "phone_number";
      case "blockquote" -> row.isTrue("collapsed") ? "expandable_blockquote" : type;
      default -> type;
    };
  }

  private static @Nullable String value(String type, LenientJson row) {
    return switch (type) {
      case "text_link" -> row.text("href");
      case "mention_name" -> row.text("user_id");
      case "pre" -> row.text("language");
      case "custom_emoji" -> row.text("document_id");
      default -> null;
    };
  }
}
