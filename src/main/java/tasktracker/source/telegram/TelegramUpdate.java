package tasktracker.source.telegram;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.JsonLimitExceeded;
import tasktracker.platform.web.JsonLimits;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.UntrustedJson;
import tasktracker.source.LenientJson;
import tasktracker.source.UnreadableFile;

/**
 * The JSON of an update.
 *
 * @param storable its text in a form that PostgreSQL keeps as JSON
 */
record TelegramUpdate(JsonObject json, String storable) {

  private static final int DEEPEST = 100;
  private static final int LONGEST_NUMBER = 40;

  /**
   * Reads a body.
   *
   * @throws Problem 400 with the place, when it is no JSON object or beyond {@link JsonLimits#BODY}
   */
  static TelegramUpdate of(String body) {
    boolean plainNumbers = checked(body);
    JsonObject json = object(body);
    return new TelegramUpdate(json, plainNumbers ? storable(json) : asText(body));
  }

  private static JsonObject object(String body) {
    try {
      return UntrustedJson.object(body, JsonLimits.BODY);
    } catch (JsonLimitExceeded e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Nullable Long id() {
    return new LenientJson(json).number("update_id");
  }

  /** Id of the chat that it is about; null when it names none. */
  @Nullable Long chat() {
    LenientJson update = new LenientJson(json);
    return json.keySet().stream().map(update::row).filter(Objects::nonNull).map(content -> content.row("chat"))
        .filter(Objects::nonNull).map(chat -> chat.number("id")).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Walks over the whole body before anything is built from it; true when all numbers are of a sane size. */
  private static boolean checked(String body) {
    try (JsonParser parser = Json.createParser(new StringReader(body))) {
      if (parser.next() != Event.START_OBJECT) {
        throw Problem.badRequest("A JSON object was expected at line 1, column 1.");
      }
      boolean plainNumbers = true;
      int depth = 1;
      while (parser.hasNext()) {
        Event event = parser.next();
        depth += depth(event);
        refuse(depth > DEEPEST, parser);
        plainNumbers &= event != Event.VALUE_NUMBER || isPlain(parser.getString());
      }
      refuse(depth != 0, parser);
      return plainNumbers;
    } catch (JsonParsingException e) {
      throw Problem.badRequest("The JSON is invalid at " + UnreadableFile.place(e.getLocation()) + ".");
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw Problem.badRequest("The JSON is invalid at the end of the body.");
    }
  }

  private static int depth(Event event) {
    return switch (event) {
      case START_OBJECT, START_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      default -> 0;
    };
  }

  private static void refuse(boolean wrong, JsonParser parser) {
    if (wrong) {
      throw Problem.badRequest("The JSON ends too early or is nested more than " + DEEPEST + " deep at "
          + UnreadableFile.place(parser.getLocation()) + ".");
    }
  }

  private static boolean isPlain(String number) {
    return number.length() <= LONGEST_NUMBER && !number.matches(".*[eE][+-]?[0-9]{4,}");
  }

  /** Escaped NULs and lone surrogates are JSON, but PostgreSQL does not keep them. */
  private static String storable(JsonValue json) {
    return StorableText.of(json.toString()).replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})", "$1\\\\uFFFD");
  }

  private static String asText(String body) {
    return storable(Json.createObjectBuilder().add("text", StorableText.of(body)).build());
  }
}
