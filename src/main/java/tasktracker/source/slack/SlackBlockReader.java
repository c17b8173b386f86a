package tasktracker.source.slack;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.source.format.LenientJson;

/** Converts Slack's blocks to text: every block, list item, field and table row on its own line. */
final class SlackBlockReader {

  private static final int MAX_DEPTH = 20;

  private final SlackTextBuilder writer;

  SlackBlockReader(SlackTextBuilder writer) {
    this.writer = writer;
  }

  /** Whether people wrote them in Slack, so that the message's text contains the same words. */
  static boolean areRichTextOnly(List<LenientJson> blocks) {
    return blocks.stream().allMatch(block -> "rich_text".equals(block.text("type")));
  }

  void write(List<LenientJson> blocks) {
    blocks.forEach(block -> block(block, 0));
  }

  private void block(LenientJson block, int depth) {
    writer.line();
    switch (String.valueOf(block.text("type"))) {
      case "rich_text" -> each(block, "elements", depth, this::rich);
      case "section" -> section(block);
      case "context", "actions" -> inOneLine(block.objects("elements"));
      case "image" -> named("Image", block);
      case "markdown" -> plain(block.json().get("text"));
      case "table" -> table(block, depth);
      case "video" -> {
        text(block.json().get("title"));
        writer.line();
        text(block.json().get("description"));
      }
      case "divider" -> {
      }
      default -> unknown(block.json(), depth);
    }
  }

  private interface Element {
    void write(LenientJson row, int depth);
  }

  private static void each(LenientJson parent, String key, int depth, Element element) {
    if (depth < MAX_DEPTH) {
      parent.objects(key).forEach(row -> element.write(row, depth + 1));
    }
  }

  private void section(LenientJson block) {
    text(block.json().get("text"));
    block.objects("fields").forEach(field -> {
      writer.line();
      text(field.json());
    });
  }

  private void inOneLine(List<LenientJson> elements) {
    int start = writer.length();
    for (LenientJson element : elements) {
      if (writer.length() > start) {
        writer.append(" ");
      }
      if ("image".equals(element.text("type"))) {
        named("Image", element);
      } else {
        text(element.json().get("text"));
      }
    }
  }

  private void named(String what, LenientJson row) {
    SlackTextBuilder title = new SlackTextBuilder(SlackDirectory.EMPTY);
    new SlackBlockReader(title).text(row.json().get("title"));
    String name = title.build().isBlank() ? row.nonBlank("alt_text") : title.build().text();
    writer.append(name == null ? "[" + what + "]" : "[" + what + ", " + name + "]");
  }

  private void table(LenientJson table, int depth) {
    if (table.json().get("rows") instanceof JsonArray rows) {
      for (JsonValue row : rows) {
        writer.line();
        cells(row, depth);
      }
    }
  }

  private void cells(JsonValue row, int depth) {
    int start = writer.length();
    for (JsonValue cell : row instanceof JsonArray cells ? cells : JsonValue.EMPTY_JSON_ARRAY) {
      if (writer.length() > start) {
        writer.append(" | ");
      }
      if (cell instanceof JsonObject object && object.containsKey("elements")) {
        each(new LenientJson(object), "elements", depth, this::inline);
      } else {
        text(cell);
      }
    }
  }

  private void rich(LenientJson element, int depth) {
    writer.line();
    int start = writer.length();
    switch (String.valueOf(element.text("type"))) {
      case "rich_text_list" -> list(element, depth);
      case "rich_text_preformatted" -> {
        each(element, "elements", depth, this::inline);
        writer.mark(start, "pre", element.text("language"));
      }
      case "rich_text_quote" -> {
        each(element, "elements", depth, this::inline);
        writer.mark(start, "blockquote", null);
      }
      default -> inline(element, depth);
    }
  }

  private void list(LenientJson list, int depth) {
    boolean isNumbered = "ordered".equals(list.text("style"));
    Long indent = list.number("indent");
    Long offset = list.number("offset");
    long number = offset == null || offset < 0 ? 1 : offset + 1;
    for (LenientJson item : list.objects("elements")) {
      writer.line();
      writer.append("  ".repeat(indent == null ? 0 : (int) Math.clamp(indent, 0, MAX_DEPTH)));
      writer.append(isNumbered ? number++ + ". " : "• ");
      inline(item, depth);
    }
  }

  private void inline(LenientJson element, int depth) {
    switch (String.valueOf(element.text("type"))) {
      case "text" -> writer.span(textOf(element, "text"), style(element.object("style")), null);
      case "link" -> writer.link(textOf(element, "url"), element.text("text"));
      case "user" -> writer.user(textOf(element, "user_id"), null);
      case "channel" -> writer.channel(textOf(element, "channel_id"), null);
      case "usergroup" -> writer.span("@" + textOf(element, "usergroup_id"), "mention", null);
      case "broadcast" -> writer.span("@" + textOf(element, "range"), "mention", null);
      case "emoji" -> writer.append(":" + textOf(element, "name") + ":");
      case "color" -> writer.append(textOf(element, "value"));
      case "date" -> writer.append(textOf(element, element.has("fallback") ? "fallback" : "timestamp"));
      default -> nested(element, depth);
    }
  }

  private void nested(LenientJson element, int depth) {
    if (element.has("elements")) {
      each(element, "elements", depth, this::inline);
    } else {
      text(element.json().get("text"));
    }
  }

  private static String textOf(LenientJson row, String key) {
    String text = row.text(key);
    return text == null ? "" : text;
  }

  private static @Nullable String style(@Nullable LenientJson style) {
    return style == null
        ? null
        : style.isTrue("code")
            ? "code"
            : style.isTrue("bold")
                ? "bold"
                : style.isTrue("italic")
                    ? "italic"
                    : style.isTrue("strike") ? "strikethrough" : null;
  }

  /** A text as a string, as an object with its type, or as an array of both. */
  void text(@Nullable JsonValue value) {
    switch (value) {
      case JsonString markup -> writer.markup(markup.getString());
      case JsonArray several -> several.forEach(this::text);
      case JsonObject object when "plain_text".equals(new LenientJson(object).text("type"))
          || "raw_text".equals(new LenientJson(object).text("type")) ->
        plain(object.get("text"));
      case JsonObject object -> text(object.get("text"));
      case null, default -> {
      }
    }
  }

  private void plain(@Nullable JsonValue text) {
    if (text instanceof JsonString words) {
      writer.append(words.getString());
    } else {
      text(text);
    }
  }

  /** Of a block of an unknown type: every {@code text} member at any depth, in reading order. */
  private void unknown(JsonValue value, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (value instanceof JsonArray array) {
      array.forEach(v -> unknown(v, depth + 1));
    } else if (value instanceof JsonObject object) {
      object.forEach((key, v) -> {
        if (key.equals("text") && v instanceof JsonString) {
          writer.line();
          text("plain_text".equals(new LenientJson(object).text("type")) ? object : v);
        } else {
          unknown(v, depth + 1);
        }
      });
    }
  }
}
