package tasktracker.platform.web.json;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses untrusted JSON. Limits are checked before any object is built, independently of the parser's own limits.
 * Thread-safe.
 */
public final class UntrustedJson {

  private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  /** Approximate memory of a parsed value besides its characters, in bytes. */
  private static final int BYTES_PER_VALUE = 64;
  /** Levels of nesting in an object of a file. */
  private static final int MAX_DEPTH = 200;

  private UntrustedJson() {}

  /**
   * Parses a text that is one JSON object.
   *
   * @throws JsonLimitExceeded when it exceeds a limit
   * @throws JsonException when it is not a JSON object, or when anything but white space follows the object
   */
  public static JsonObject object(String text, JsonLimits limits) {
    JsonScanner scanner = new JsonScanner(limits);
    for (int i = 0; i < text.length(); i++) {
      scanner.accept(text.charAt(i));
    }
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      return onlyObject(parser);
    }
  }

  private static JsonObject onlyObject(JsonParser parser) {
    if (!parser.hasNext() || parser.next() != Event.START_OBJECT) {
      throw new JsonException("The text is not a JSON object");
    }
    JsonObject object = parser.getObject();
    parser.hasNext(); // fails when anything follows the object
    return object;
  }

  /** Wraps a stream so that reading beyond a limit throws {@link JsonLimitExceeded}. */
  public static InputStream bounded(InputStream in, JsonLimits limits) {
    return new BoundedStream(in, new JsonScanner(limits));
  }

  /**
   * Builds the object at the parser's position, and moves the parser to its end. An object that would take more memory than
   * the limit is skipped.
   *
   * @param maxBytes approximate limit of memory in bytes
   * @return the object, or empty when it is too large
   * @throws JsonLimitExceeded when it has more than {@value #MAX_DEPTH} levels of nesting; the parser is at its end then too
   */
  public static Optional<JsonObject> object(JsonParser json, int maxBytes) {
    BoundedBuilder builder = new BoundedBuilder(json, maxBytes);
    JsonObject object = builder.object();
    if (builder.isTooDeep) {
      throw new JsonLimitExceeded(JsonLimitExceeded.Limit.DEPTH, "The JSON is nested more than " + MAX_DEPTH + " deep",
          json.getLocation().getStreamOffset());
    }
    return Optional.ofNullable(object);
  }

  private static final class BoundedStream extends FilterInputStream {

    private final JsonScanner scanner;

    BoundedStream(InputStream in, JsonScanner scanner) {
      super(in);
      this.scanner = scanner;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      if (b >= 0) {
        scanner.accept(b);
      }
      return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      for (int i = 0; i < count; i++) {
        scanner.accept(into[from + i] & 0xFF);
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = 0;
      while (skipped < count && read() >= 0) {
        skipped++;
      }
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }

  /** Counts the memory of what it builds, and only skips values once the limit is reached. */
  private static final class BoundedBuilder {

    private final JsonParser json;
    private long remaining;
    private int depth;
    private boolean isTooDeep;

    BoundedBuilder(JsonParser json, int maxBytes) {
      this.json = json;
      this.remaining = maxBytes;
    }

    @Nullable
    JsonObject object() {
      JsonObjectBuilder object = BUILDERS.createObjectBuilder();
      for (Event event = json.next(); event != Event.END_OBJECT; event = json.next()) {
        String key = json.getString();
        charge(key.length());
        JsonValue value = value(json.next());
        if (value != null) {
          object.add(key, value);
        }
      }
      return remaining < 0 ? null : object.build();
    }

    private @Nullable JsonValue array() {
      JsonArrayBuilder array = BUILDERS.createArrayBuilder();
      for (Event event = json.next(); event != Event.END_ARRAY; event = json.next()) {
        JsonValue value = value(event);
        if (value != null) {
          array.add(value);
        }
      }
      return remaining < 0 ? null : array.build();
    }

    private @Nullable JsonValue value(Event event) {
      boolean isText = event == Event.VALUE_STRING || event == Event.VALUE_NUMBER;
      charge(isText ? json.getString().length() : 0);
      isTooDeep |= depth + 1 == MAX_DEPTH && (event == Event.START_OBJECT || event == Event.START_ARRAY);
      if (remaining < 0 || isTooDeep) {
        skip(event);
        return null;
      }
      return event == Event.START_OBJECT || event == Event.START_ARRAY ? nested(event) : json.getValue();
    }

    private @Nullable JsonValue nested(Event event) {
      depth++;
      JsonValue value = event == Event.START_OBJECT ? object() : array();
      depth--;
      return value;
    }

    private void charge(int characters) {
      remaining -= BYTES_PER_VALUE + 2L * characters;
    }

    private void skip(Event event) {
      if (event == Event.START_OBJECT) {
        json.skipObject();
      } else if (event == Event.START_ARRAY) {
        json.skipArray();
      }
    }
  }
}
