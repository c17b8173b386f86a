package tasktracker.source.format;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An untrusted JSON object: a member of another type than requested counts as missing. */
public record LenientJson(JsonObject json) {

  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,18}");
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  /** Whether the object has this member and it is not null, whatever its type. */
  public boolean has(String key) {
    return json.containsKey(key) && json.get(key) != JsonValue.NULL;
  }

  /** The text of a member; a number counts as the text of its digits. */
  public @Nullable String text(String key) {
    return switch (json.get(key)) {
      case JsonString s -> s.getString();
      case JsonNumber n -> n.toString();
      case null, default -> null;
    };
  }

  /**
   * The text of a member that may be split into parts: an array of texts and of objects with the member {@code text}, as
   * in an export of Telegram. Null when the member contains no text.
   */
  public @Nullable String joinedText(String key) {
    StringBuilder text = new StringBuilder();
    append(json.get(key), text);
    return text.isEmpty() ? text(key) : text.toString();
  }

  private static void append(@Nullable JsonValue part, StringBuilder text) {
    switch (part) {
      case JsonString s -> text.append(s.getString());
      case JsonNumber n -> text.append(n);
      case JsonArray parts -> parts.forEach(each -> append(each, text));
      case JsonObject o -> append(o.get("text"), text);
      case null, default -> {
      }
    }
  }

  /** The stripped text of a member; null when it is missing or blank. */
  public @Nullable String nonBlank(String key) {
    String text = text(key);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The integer of a member, written as a number or as text. */
  public @Nullable Long number(String key) {
    String digits = text(key);
    return digits == null || !DIGITS.matcher(digits).matches() ? null : Long.valueOf(digits);
  }

  /** Whether the member is the literal {@code true}. */
  public boolean isTrue(String key) {
    return json.get(key) == JsonValue.TRUE;
  }

  /** The object in a member; null when it is missing or of another type. */
  public @Nullable LenientJson object(String key) {
    return json.get(key) instanceof JsonObject o ? new LenientJson(o) : null;
  }

  /** The objects in an array; empty when the member is not an array. */
  public List<LenientJson> objects(String key) {
    return json.get(key) instanceof JsonArray a
        ? a.stream().filter(JsonObject.class::isInstance).map(o -> new LenientJson(o.asJsonObject())).toList()
        : List.of();
  }

  /** The time of a member in seconds since 1970, from 1970 to 9999. */
  public @Nullable Instant instant(String key) {
    Long seconds = number(key);
    return seconds == null || seconds < 0 || seconds > LAST_SECOND ? null : Instant.ofEpochSecond(seconds);
  }
}
