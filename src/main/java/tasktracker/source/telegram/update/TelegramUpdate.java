package tasktracker.source.telegram.update;

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
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.platform.web.json.JsonLimits;
import tasktracker.platform.web.json.UntrustedJson;
import tasktracker.platform.web.problem.Problem;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.UnreadableFile;

/**
 * The JSON of an update.
 *
 * @param storable its text in a form that PostgreSQL can store as JSON
 */
public record TelegramUpdate(JsonObject json, String storable) {

  private static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 40;
  /** The key of the text of an update that is never parsed. */
  static final String UNPARSED = "unparsed";
  /** Characters of that text. */
  private static final int MAX_UNPARSED_LENGTH = 1 << 20;

  /**
   * Parses a request body.
   *
   * @throws Problem 400 with the position, when it is not a JSON object or exceeds {@link JsonLimits#BODY}
   */
  public static TelegramUpdate of(String body) {
    boolean hasPlainNumbers = validate(body);
    JsonObject json = object(body);
    return new TelegramUpdate(json, hasPlainNumbers ? storable(json) : asText(body));
  }

  /**
   * An update from long polling. One beyond the limits of the webhook is stored as text and read all the same: refusing it
   * would ask Telegram for it for ever, and for nothing behind it.
   */
  static TelegramUpdate ofPolled(JsonObject update) {
    String body = update.toString();
    try {
      return of(body);
    } catch (Problem beyondLimits) {
      return new TelegramUpdate(update, asText(body));
    }
  }

  /**
   * An update that is never parsed, because it exceeds the limits of a response.
   *
   * @param response the response with it, of which the start is stored
   */
  static TelegramUpdate unparsed(long id, String response) {
    JsonObject json = Json.createObjectBuilder().add("update_id", id)
        .add(UNPARSED, StorableText.of(StorableText.truncate(response, MAX_UNPARSED_LENGTH))).build();
    return new TelegramUpdate(json, storable(json));
  }

  private static JsonObject object(String body) {
    try {
      return UntrustedJson.object(body, JsonLimits.BODY);
    } catch (JsonLimitExceeded e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  @Nullable
  Long id() {
    return new LenientJson(json).number("update_id");
  }

  /** Id of its chat; null when it has none. */
  @Nullable
  Long chat() {
    LenientJson update = new LenientJson(json);
    return json.keySet().stream().map(update::object).filter(Objects::nonNull).map(content -> content.object("chat"))
        .filter(Objects::nonNull).map(chat -> chat.number("id")).filter(Objects::nonNull).findFirst().orElse(null);
  }

  /** Validates the whole body before an object is built from it; returns true when all numbers have a normal size. */
  private static boolean validate(String body) {
    try (JsonParser parser = Json.createParser(new StringReader(body))) {
      if (parser.next() != Event.START_OBJECT) {
        throw Problem.badRequest("A JSON object was expected at line 1, column 1.");
      }
      boolean hasPlainNumbers = true;
      int depth = 1;
      while (parser.hasNext()) {
        Event event = parser.next();
        depth += depth(event);
        rejectIf(depth > MAX_DEPTH, parser);
        hasPlainNumbers &= event != Event.VALUE_NUMBER || isPlain(parser.getString());
      }
      rejectIf(depth != 0, parser);
      return hasPlainNumbers;
    } catch (JsonParsingException e) {
      throw Problem.badRequest("The JSON is invalid at " + UnreadableFile.positionInEnglish(e.getLocation()) + ".");
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

  private static void rejectIf(boolean wrong, JsonParser parser) {
    if (wrong) {
      throw Problem.badRequest("The JSON ends too early or is nested more than " + MAX_DEPTH + " deep at "
          + UnreadableFile.positionInEnglish(parser.getLocation()) + ".");
    }
  }

  private static boolean isPlain(String number) {
    return number.length() <= MAX_NUMBER_LENGTH && !number.matches(".*[eE][+-]?[0-9]{4,}");
  }

  /** Replaces escaped NULs and lone surrogates, which are valid JSON and which PostgreSQL rejects. */
  private static String storable(JsonValue json) {
    return StorableText.of(json.toString()).replaceAll("(?<!\\\\)((?:\\\\\\\\)*)\\\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})", "$1\\\\uFFFD");
  }

  private static String asText(String body) {
    return storable(Json.createObjectBuilder().add("text", StorableText.of(body)).build());
  }
}
