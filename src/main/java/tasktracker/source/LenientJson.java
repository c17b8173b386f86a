package tasktracker.source;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A JSON object of which nothing is believed: a member of another type than asked for counts as missing. */
public record LenientJson(JsonObject json) {

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  public boolean has(String key) {
    return json.containsKey(key) && json.get(key) != JsonValue.NULL;
  }

  /** The text under that key; a number counts as the text of its digits. */
  public @Nullable String text(String key) {
    return switch (json.get(key)) {
      case JsonString s -> s.getString();
      case JsonNumber n -> n.toString();
      case null, default -> null;
    };
  }

  /** As {@link #text(String)}, null when nothing can be seen in it. */
  public @Nullable String words(String key) {
    String text = text(key);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The whole number under that key, written as number or as text. */
  public @Nullable Long number(String key) {
    String digits = text(key);
    return digits == null || !DIGITS.matcher(digits).matches() ? null : Long.valueOf(digits);
  }

  public boolean isTrue(String key) {
    return json.get(key) == JsonValue.TRUE;
  }

  public @Nullable LenientJson row(String key) {
    return json.get(key) instanceof JsonObject o ? new LenientJson(o) : null;
  }

  /** The objects of the array under that key; empty when there is none. */
  public List<LenientJson> rows(String key) {
    return json.get(key) instanceof JsonArray a
        ? a.stream().filter(JsonObject.class::isInstance).map(o -> new LenientJson(o.asJsonObject())).toList() : List.of();
  }

  /** The moment told in seconds since 1970, from 1970 to 9999. */
  public @Nullable Instant moment(String key) {
    Long seconds = number(key);
    return seconds == null || seconds < 0 || seconds > LAST_SECOND ? null : Instant.ofEpochSecond(seconds);
  }
}
