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
import tasktracker.source.LenientJson;

/**
 * Joins formatted texts line by line. A line begins with the first words that are put into it, so blocks without words
 * leave no empty lines. The text is cut where it is longer than any that is kept; the cost is linear in the input.
 */
final class TextBuilder {

  private static final int MOST_ENTITIES = 1_000;
  /** One more than is kept with a message: whoever is given so much knows that something is missing. */
  private static final int MOST_TEXT = IncomingMessage.LONGEST_TEXT + 1;
  /** Members of a formatted object that hold its words, in the order in which they are looked for. */
  private static final List<String> WORDS = List.of("text", "alternative_text", "expression", "button");

  private final StringBuilder text = new StringBuilder();
  private final List<TextEntity> entities = new ArrayList<>();
  private String before = "";
  private boolean isLabelled;
  private int prefixFrom = -1;
  private int prefixEnd;

  /** Begins a line, unless a label already did. */
  TextBuilder line(String indent) {
    if (!isLabelled) {
      before = "\n" + indent;
    }
    return this;
  }

  /** Begins a line with a label, which is written together with the first words behind it. */
  TextBuilder label(String indent, String label) {
    before = "\n" + indent + label;
    isLabelled = true;
    return this;
  }

  /** Drops a label that no words followed. */
  TextBuilder endItem() {
    isLabelled = false;
    return this;
  }

  /** Puts words between this and the next words of the same line; at the beginning of a line nothing. */
  TextBuilder separator(String words) {
    before = before.isEmpty() ? words : before;
    return this;
  }

  /** Adds a text member in whatever shape it is. */
  TextBuilder add(@Nullable JsonValue member) {
    switch (member) {
      case JsonString words -> append(words.getString());
      case JsonNumber number -> append(number.toString());
      case JsonArray parts -> parts.forEach(this::add);
      case JsonObject object -> span(new LenientJson(object));
      case null, default -> { }
    }
    return this;
  }

  TextBuilder append(String words) {
    if (!words.isEmpty() && text.length() < MOST_TEXT) {
      begin();
      text.append(StorableText.truncate(words, MOST_TEXT - text.length()));
    }
    return this;
  }

  private void begin() {
    String start = text.isEmpty() && before.startsWith("\n") ? before.substring(1) : before;
    if (!start.isEmpty()) {
      prefixFrom = text.length();
      text.append(start, 0, Math.min(start.length(), MOST_TEXT - text.length()));
      prefixEnd = text.length();
    }
    before = "";
    isLabelled = false;
  }

  private void span(LenientJson span) {
    int from = text.length();
    add(WORDS.stream().map(span.json()::get).filter(Objects::nonNull).findFirst().orElse(null));
    mark(TextStyle.of(span), from);
  }

  /** Marks what was added since then as of that style, if it has a name. */
  void mark(TextStyle style, int from) {
    int start = prefixFrom == from ? prefixEnd : from;
    if (style.type() != null && start < text.length() && entities.size() < MOST_ENTITIES) {
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
