package tasktracker.source.telegram.text;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.platform.data.StorableText;
import tasktracker.source.format.LenientJson;

/**
 * Concatenates formatted texts line by line. A line starts with the first text that is added to it, so blocks without
 * text create no empty lines. The text is truncated above the length that can be stored; the cost is linear in the
 * input.
 */
final class TextBuilder {

  private static final int MAX_ENTITIES = 1_000;
  /** More than can be stored, even without half of a surrogate pair, so that a truncated text is recognised as too long. */
  private static final int MAX_TEXT = IncomingMessage.MAX_TEXT_LENGTH + 2;
  /** Members of a formatted object that contain its text, in the order of preference. */
  private static final List<String> WORDS = List.of("text", "alternative_text", "expression", "button");

  private final boolean isExport;
  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();
  private String prefix = "";
  private boolean isLabelled;
  private int prefixFrom = -1;
  private int prefixEnd;

  /** @param isExport whether styles have the names of exports, in which a number is no text */
  TextBuilder(boolean isExport) {
    this.isExport = isExport;
  }

  /** Starts a line, unless a label has already started one. */
  TextBuilder line(String indent) {
    if (!isLabelled) {
      prefix = "\n" + indent;
    }
    return this;
  }

  /** Starts a line with a label, which is written together with the first text after it. */
  TextBuilder label(String indent, String label) {
    prefix = "\n" + indent + label;
    isLabelled = true;
    return this;
  }

  /** Discards a label without text. */
  TextBuilder endItem() {
    isLabelled = false;
    return this;
  }

  /** Separates this text from the next one on the same line; ignored at the start of a line. */
  TextBuilder separator(String words) {
    prefix = prefix.isEmpty() ? words : prefix;
    return this;
  }

  /** Adds a text in any form. */
  TextBuilder add(@Nullable JsonValue member) {
    switch (member) {
      case JsonString words -> append(words.getString());
      case JsonNumber number when !isExport -> append(number.toString());
      case JsonArray parts -> parts.forEach(this::add);
      case JsonObject object -> span(new LenientJson(object));
      case null, default -> {
      }
    }
    return this;
  }

  TextBuilder append(String words) {
    if (!words.isEmpty() && text.length() < MAX_TEXT) {
      begin();
      text.append(StorableText.truncate(words, MAX_TEXT - text.length()));
    }
    return this;
  }

  private void begin() {
    String start = text.isEmpty() && prefix.startsWith("\n") ? prefix.substring(1) : prefix;
    if (!start.isEmpty()) {
      prefixFrom = text.length();
      text.append(start, 0, Math.min(start.length(), MAX_TEXT - text.length()));
      prefixEnd = text.length();
    }
    prefix = "";
    isLabelled = false;
  }

  private void span(LenientJson span) {
    int from = text.length();
    add(WORDS.stream().map(span.json()::get).filter(Objects::nonNull).findFirst().orElse(null));
    mark(isExport ? TextStyle.ofExport(span) : TextStyle.of(span), from);
  }

  /** Applies the style to the text since that position, if it has a name. */
  void mark(TextStyle style, int from) {
    int start = prefixFrom == from ? prefixEnd : from;
    if (style.type() != null && start < text.length() && entities.size() < MAX_ENTITIES) {
      entities.add(new TextEntity(style.type(), start, text.length() - start, style.value()));
    }
  }

  int length() {
    return text.length();
  }

  FormattedText build() {
    return new FormattedText(text.toString(), List.copyOf(entities));
  }
}
