package tasktracker.source.telegram.text;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/**
 * The text of a {@code RichMessage}: each block on its own line, list items with their labels, table rows as lines. A
 * block of an unknown type is parsed by the members that contain text in known types, so that only its formatting is
 * lost; when it has none of them, by the words in its other members.
 */
public final class RichMessage {

  private static final Map<String, String> MEDIA = Map.of("photo", "[Photo]", "video", "[Video]", "animation", "[Animation]",
      "audio", "[Audio]", "voice_note", "[Voice message]", "document", "[File]", "map", "[Location]");
  private static final List<String> LINES = List.of("title", "summary", "text", "question", "comment", "description",
      "prize_description", "reason", "option_text", "expression");
  private static final List<String> GROUPS = List.of("blocks", "content", "children", "tasks", "options");

  /** Members that are read above or that hold no words of the author, such as people. */
  private static final Set<String> OTHER_MEMBERS = Stream
      .of(LINES, GROUPS, List.of("type", "items", "cells", "rows", "buttons", "caption", "credit", "label", "from",
          "user", "chat", "sender_chat", "sender_user", "photo", "video", "audio", "document", "thumbnail", "file", "entities",
          "reply_markup"))
      .flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
  private static final int MAX_EXTENSION = 6;

  private final TextBuilder text = new TextBuilder(false);

  private RichMessage() {}

  /** The words in a member of an unknown kind; null when it has none. */
  public static @Nullable String words(String key, JsonValue value) {
    String words = of(Json.createObjectBuilder().add(key, value).build()).text();
    return words.isBlank() ? null : words.strip();
  }

  /** The text of a rich message, or of an object of an unknown kind. Quoted messages are omitted. */
  public static FormattedText of(JsonValue object) {
    RichMessage message = new RichMessage();
    message.block(object, "");
    return message.text.build();
  }

  private void block(@Nullable JsonValue value, String indent) {
    if (value instanceof JsonArray blocks) {
      blocks.forEach(block -> block(block, indent));
    } else if (value instanceof JsonObject object && !object.containsKey("message_id")) {
      block(new LenientJson(object), indent);
    } else if (value != null && !(value instanceof JsonObject)) {
      text.line(indent).add(value);
    }
  }

  private void block(LenientJson block, String indent) {
    int from = text.length();
    boolean isMedia = media(block, indent);
    lines(block, indent);
    array(block, "items").forEach(item -> item(item, indent));
    array(block, "cells").forEach(row -> row(row, indent));
    array(block, "rows").forEach(row -> row(row, indent));
    GROUPS.forEach(group -> block(block.json().get(group), indent));
    if (block.has("buttons")) {
      row(block.json().get("buttons"), indent);
    }
    if (isMedia) {
      text.separator(" ");
    } else {
      text.line(indent);
    }
    caption(block.json().get("caption"), indent);
    credit(block, indent);
    if (text.length() == from) {
      block.json().forEach((key, value) -> unknown(key, value, indent));
    }
  }

  private void unknown(String key, JsonValue value, String indent) {
    if (!OTHER_MEMBERS.contains(key) && !key.endsWith("name")) {
      unknown(value, indent);
    }
  }

  private void unknown(JsonValue value, String indent) {
    switch (value) {
      case JsonString words when isWords(words.getString()) -> text.line(indent).append(words.getString());
      case JsonObject object -> block(object, indent);
      case JsonArray array when isFormattedText(array) -> text.line(indent).add(array);
      case JsonArray array -> array.forEach(each -> unknown(each, indent));
      default -> {
      }
    }
  }

  /** Whether it is a text in parts, as Telegram writes one: strings, and objects with a style. */
  private static boolean isFormattedText(JsonArray array) {
    return array.stream().anyMatch(JsonString.class::isInstance)
        && array.stream().anyMatch(part -> part instanceof JsonObject object && object.containsKey("text"));
  }

  /** Several words, or one of another script than codes are written in; no path and no remark of an exporter in brackets. */
  private static boolean isWords(String string) {
    String words = string.strip();
    int file = words.lastIndexOf('/') + 1;
    boolean isPath = file > 0 && words.indexOf('.', file) > words.length() - MAX_EXTENSION;
    boolean isRemark = words.startsWith("(") && words.endsWith(")");
    return !isPath && !isRemark && words.chars().anyMatch(c -> Character.isWhitespace(c) || c > 0x7F && Character.isLetter(c));
  }

  private boolean media(LenientJson block, String indent) {
    String label = MEDIA.get(String.valueOf(block.text("type")));
    if (label != null) {
      text.line(indent).append(label);
    }
    return label != null;
  }

  private void lines(LenientJson block, String indent) {
    LINES.stream().filter(block::has).forEach(key -> {
      int from = text.length();
      text.line(indent).add(block.json().get(key));
      if (key.equals("text")) {
        text.mark(TextStyle.of(block), from);
      }
    });
  }

  private void item(JsonValue value, String indent) {
    if (value instanceof JsonObject object) {
      text.label(indent, label(new LenientJson(object)));
      block(new LenientJson(object), indent + "  ");
      text.endItem();
    } else {
      text.label(indent, "- ").add(value).endItem();
    }
  }

  /** A checkbox replaces a bullet and follows a number. */
  private static String label(LenientJson item) {
    String label = item.nonBlank("label") == null ? "-" : item.nonBlank("label");
    String box = item.isTrue("is_checked") ? Checklist.DONE : Checklist.OPEN;
    boolean isNumbered = label.chars().anyMatch(Character::isLetterOrDigit);
    return !item.isTrue("has_checkbox") ? label + " " : isNumbered ? label + " " + box + " " : box + " ";
  }

  private void row(@Nullable JsonValue value, String indent) {
    JsonValue cells = value instanceof JsonObject object && object.get("cells") instanceof JsonArray inside ? inside : value;
    text.line(indent);
    if (cells instanceof JsonArray row) {
      row.forEach(cell -> text.add(cell).separator(" | "));
    } else {
      text.add(cells);
    }
    text.line(indent);
  }

  private void caption(@Nullable JsonValue caption, String indent) {
    if (caption instanceof JsonObject object && object.containsKey("credit")) {
      text.add(object.get("text"));
      credit(new LenientJson(object), indent);
    } else {
      text.add(caption);
    }
  }

  private void credit(LenientJson block, String indent) {
    if (block.has("credit")) {
      text.label(indent, "— ").add(block.json().get("credit")).endItem();
    }
  }

  private static List<JsonValue> array(LenientJson block, String key) {
    return block.json().get(key) instanceof JsonArray array ? array : List.of();
  }
}
