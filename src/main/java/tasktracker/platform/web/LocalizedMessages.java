package tasktracker.platform.web;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes sayings down as JSON, so that what was to be said once can be said later to readers of any language. */
public final class LocalizedMessages {

  private LocalizedMessages() {}

  /** That saying, with the sayings in it. */
  public static String json(LocalizedMessage saying) {
    return object(saying).toString();
  }

  private static JsonObject object(LocalizedMessage saying) {
    JsonArrayBuilder parameters = jakarta.json.Json.createArrayBuilder();
    saying.parameters().forEach(p -> parameters.add(value(p)));
    return jakarta.json.Json.createObjectBuilder().add("key", saying.key()).add("parameters", parameters).build();
  }

  private static JsonValue value(Object parameter) {
    return switch (parameter) {
      case LocalizedMessage inner -> object(inner);
      case Number number -> jakarta.json.Json.createValue(number);
      default -> jakarta.json.Json.createValue(String.valueOf(parameter));
    };
  }

  /** What was written down; nothing when it is no saying, or one of another release for which we have no words. */
  public static Optional<LocalizedMessage> read(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(json))) {
      return Optional.of(saying(reader.readValue())).filter(LocalizedMessages::hasWords);
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /** An array of what was written down; empty when one of them is no saying, or one for which we have no words. */
  public static List<LocalizedMessage> list(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(json))) {
      List<LocalizedMessage> sayings = reader.readArray().stream().map(LocalizedMessages::saying).toList();
      return sayings.stream().allMatch(LocalizedMessages::hasWords) ? sayings : List.of();
    } catch (JsonException e) {
      return List.of();
    }
  }

  private static LocalizedMessage saying(JsonValue json) {
    if (json instanceof JsonObject object && object.get("key") instanceof JsonString key
        && object.get("parameters") instanceof JsonArray parameters) {
      return new LocalizedMessage(key.getString(), parameters.stream().map(LocalizedMessages::parameter).toList());
    }
    throw new JsonException("This is no saying");
  }

  private static Object parameter(JsonValue json) {
    return switch (json) {
      case JsonString text -> text.getString();
      case JsonNumber number when number.isIntegral() -> number.longValue();
      case JsonNumber number -> number.doubleValue();
      default -> saying(json);
    };
  }

  /** Both languages have the same words: a test sees to that. */
  private static boolean hasWords(LocalizedMessage saying) {
    try {
      return !saying.english().isEmpty();
    } catch (MissingResourceException e) {
      return false;
    }
  }
}
