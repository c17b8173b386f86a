package tasktracker.source.telegram;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.LenientJson;

/**
 * The text of an exported message, which comes as a string, as an object or in segments, as one string with spans in
 * UTF-16 units, under the names that the Bot API gives to their types.
 */
record ExportText(String text, List<TextEntity> entities) {

  /** The text of the message: its segments, or else its plain text. */
  static ExportText of(LenientJson row) {
    ExportText segments = joined(row.json().get("text_entities"));
    return segments.text().isBlank() ? joined(row.json().get("text")) : segments;
  }

  /** The words under that key, whether they are a string, an object or an array of both; null when there are none. */
  static @Nullable String words(LenientJson row, String key) {
    JsonValue value = row.json().get(key);
    String words = value instanceof JsonNumber number ? number.toString() : joined(value).text().strip();
    return words.isBlank() ? null : words;
  }

  private static ExportText joined(@Nullable JsonValue text) {
    StringBuilder whole = new StringBuilder();
    List<TextEntity> entities = new ArrayList<>();
    append(text, whole, entities);
    return new ExportText(whole.toString(), List.copyOf(entities));
  }

  private static void append(@Nullable JsonValue segment, StringBuilder whole, List<TextEntity> entities) {
    switch (segment) {
      case JsonString plain -> whole.append(plain.getString());
      case JsonArray segments -> segments.forEach(s -> append(s, whole, entities));
      case JsonObject object -> appendMarked(new LenientJson(object), whole, entities);
      case null, default -> { }
    }
  }

  private static void appendMarked(LenientJson row, StringBuilder whole, List<TextEntity> entities) {
    int start = whole.length();
    append(row.json().get("text"), whole, entities);
    String type = row.text("type");
    if (type != null && !type.equals("plain") && whole.length() > start) {
      entities.add(new TextEntity(botApiType(type, row), start, whole.length() - start, value(type, row)));
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
      case "custom_emoji" -> row.number("document_id") == null ? null : row.text("document_id");
      default -> null;
    };
  }
}
