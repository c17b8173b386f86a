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

/** Converts localized messages to JSON and back, so that they can be stored and shown later in any language. */
public final class LocalizedMessages {

  private LocalizedMessages() {}

  /** Converts a message, with its nested messages, to JSON. */
  public static String toJson(LocalizedMessage message) {
    return toObject(message).toString();
  }

  private static JsonObject toObject(LocalizedMessage message) {
    JsonArrayBuilder parameters = jakarta.json.Json.createArrayBuilder();
    message.parameters().forEach(p -> parameters.add(toValue(p)));
    return jakarta.json.Json.createObjectBuilder().add("key", message.key()).add("parameters", parameters).build();
  }

  private static JsonValue toValue(Object parameter) {
    return switch (parameter) {
      case LocalizedMessage inner -> toObject(inner);
      case Number number -> jakarta.json.Json.createValue(number);
      default -> jakarta.json.Json.createValue(String.valueOf(parameter));
    };
  }

  /** Parses a stored message; empty when it is invalid, or has no translation in this release. */
  public static Optional<LocalizedMessage> parse(@Nullable String json) {
    if (json == null) {
      return Optional.empty();
    }
    try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(json))) {
      return Optional.of(parseMessage(reader.readValue())).filter(LocalizedMessages::isTranslated);
    } catch (JsonException e) {
      return Optional.empty();
    }
  }

  /** Parses a stored array of messages; empty when one of them is invalid, or has no translation in this release. */
  public static List<LocalizedMessage> parseList(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(json))) {
      List<LocalizedMessage> messages = reader.readArray().stream().map(LocalizedMessages::parseMessage).toList();
      return messages.stream().allMatch(LocalizedMessages::isTranslated) ? messages : List.of();
    } catch (JsonException e) {
      return List.of();
    }
  }

  private static LocalizedMessage parseMessage(JsonValue json) {
    if (json instanceof JsonObject object && object.get("key") instanceof JsonString key
        && object.get("parameters") instanceof JsonArray parameters) {
      return new LocalizedMessage(key.getString(), parameters.stream().map(LocalizedMessages::parseParameter).toList());
    }
    throw new JsonException("The JSON is not a localized message");
  }

  private static Object parseParameter(JsonValue json) {
    return switch (json) {
      case JsonString text -> text.getString();
      case JsonNumber number when number.isIntegral() -> number.longValue();
      case JsonNumber number -> number.doubleValue();
      default -> parseMessage(json);
    };
  }

  /** Checks English only: a test ensures that both languages have the same keys. */
  private static boolean isTranslated(LocalizedMessage message) {
    try {
      return !message.english().isEmpty();
    } catch (MissingResourceException e) {
      return false;
    }
  }
}
