package tasktracker.source.telegram.text;

import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.TextEntity;
import tasktracker.source.LenientJson;

/**
 * A text with its marked spans. Telegram writes a text member as a string, as an object with its style, or as an array of
 * both, nested to any depth; each of these is read everywhere.
 *
 * @param entities spans under the names of the Bot API, in UTF-16 units
 */
public record FormattedText(String text, List<TextEntity> entities) {

  /** The text of a member; empty when there is none in it. */
  public static FormattedText of(@Nullable JsonValue member) {
    return new TextBuilder().add(member).build();
  }

  /** The words of the member under that key, or null when nothing can be seen in it. */
  public static @Nullable String words(LenientJson row, String key) {
    FormattedText text = of(row.json().get(key));
    return text.isBlank() ? null : text.text().strip();
  }

  /** The words that are there, or null when none is. */
  public static @Nullable String join(String separator, @Nullable String... words) {
    String joined = Arrays.stream(words).filter(Objects::nonNull).map(String::strip).filter(w -> !w.isEmpty())
        .collect(Collectors.joining(separator));
    return joined.isEmpty() ? null : joined;
  }

  public boolean isBlank() {
    return text.isBlank();
  }
}
