package tasktracker.source.telegram.text;

import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.format.LenientJson;

/**
 * A text with its formatting. Telegram writes a text as a string, as an object with its style, or as an array of both,
 * nested to any depth; all forms are accepted everywhere.
 *
 * @param entities formatted ranges with the type names of the Bot API, in UTF-16 units
 */
public record FormattedText(String text, List<TextEntity> entities) {

  /** The text of a member of the Bot API; empty when the member contains none. */
  public static FormattedText of(@Nullable JsonValue member) {
    return new TextBuilder(false).add(member).build();
  }

  /** The text of a member of the Bot API whose entities are listed separately; entities without a valid range are omitted. */
  public static FormattedText of(@Nullable JsonValue member, List<LenientJson> entities) {
    return new FormattedText(of(member).text(), entities.stream().map(FormattedText::entity).filter(Objects::nonNull).toList());
  }

  private static @Nullable TextEntity entity(LenientJson entity) {
    Long offset = entity.number("offset");
    Long length = entity.number("length");
    String type = entity.text("type");
    if (type == null || offset == null || length == null) {
      return null;
    }
    boolean isValid = offset >= 0 && length > 0 && offset + length <= 1 << 20;
    return isValid ? new TextEntity(type, offset.intValue(), length.intValue(), TextStyle.valueOf(type, entity)) : null;
  }

  /**
   * The text of an exported message: its {@code text_entities}, or its {@code text} when those are missing or blank or
   * contain another text.
   */
  public static FormattedText ofExport(LenientJson message) {
    FormattedText segments = exported(message.json().get("text_entities"));
    FormattedText text = exported(message.json().get("text"));
    return segments.isBlank() || !text.isBlank() && !text.text().equals(segments.text()) ? text : segments;
  }

  private static FormattedText exported(@Nullable JsonValue member) {
    return new TextBuilder(true).add(member).build();
  }

  /** The text of the member with this key, without its styles; null when it is missing or blank. */
  public static @Nullable String plainText(LenientJson row, String key) {
    FormattedText text = of(row.json().get(key));
    return text.isBlank() ? null : text.text().strip();
  }

  /** Joins the texts that are neither null nor blank; null when none is left. */
  public static @Nullable String join(String separator, @Nullable String... words) {
    String joined = Arrays.stream(words).filter(Objects::nonNull).map(String::strip).filter(w -> !w.isEmpty())
        .collect(Collectors.joining(separator));
    return joined.isEmpty() ? null : joined;
  }

  /** Whether the text is empty or only white space. */
  public boolean isBlank() {
    return text.isBlank();
  }
}
