package tasktracker.platform.web;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way to read JSON that a stranger wrote: bounded before anything is built of it, whatever the parser's own
 * limits are. Safe for many threads.
 */
public final class UntrustedJson {

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  /** About what an object of the parsed JSON takes beside its characters, in bytes. */
  private static final int WEIGHT_OF_A_VALUE = 64;

  private UntrustedJson() {}

  /**
   * Reads a text that is one JSON object.
   *
   * @throws JsonLimitExceeded when it is larger than the limits allow
   * @throws JsonException when it is no JSON object
   */
  public static JsonObject object(String text, JsonLimits limits) {
    JsonScanner scanner = new JsonScanner(limits);
    for (int i = 0; i < text.length(); i++) {
      scanner.accept(text.charAt(i));
    }
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The same bytes; reading on beyond a limit throws {@link JsonLimitExceeded}. */
  public static InputStream bounded(InputStream in, JsonLimits limits) {
    return new Bounded(in, new JsonScanner(limits));
  }

  /**
   * Builds the object at whose start the parser stands, and moves the parser to its end. An object that would take more
   * memory than that is read through and not kept. Nesting must be bounded by {@link #bounded} or a {@link JsonScanner}.
   *
   * @param most bytes of memory, about
   * @return the object, or nothing when it is too large
   */
  public static Optional<JsonObject> object(JsonParser json, int most) {
    return Optional.ofNullable(new Building(json, most).object());
  }

  private static final class Bounded extends FilterInputStream {

    private final JsonScanner scanner;

    Bounded(InputStream in, JsonScanner scanner) {
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

  /** Adds up what is built, and from the limit on only reads. */
  private static final class Building {

    private final JsonParser json;
    private long left;

    Building(JsonParser json, int most) {
      this.json = json;
      this.left = most;
    }

    @Nullable JsonObject object() {
      JsonObjectBuilder object = BUILDERS.createObjectBuilder();
      for (Event event = json.next(); event != Event.END_OBJECT; event = json.next()) {
        String key = json.getString();
        take(key.length());
        JsonValue value = value(json.next());
        if (value != null) {
          object.add(key, value);
        }
      }
      return left < 0 ? null : object.build();
    }

    private @Nullable JsonValue array() {
      JsonArrayBuilder array = BUILDERS.createArrayBuilder();
      for (Event event = json.next(); event != Event.END_ARRAY; event = json.next()) {
        JsonValue value = value(event);
        if (value != null) {
          array.add(value);
        }
      }
      return left < 0 ? null : array.build();
    }

    private @Nullable JsonValue value(Event event) {
      boolean isText = event == Event.VALUE_STRING || event == Event.VALUE_NUMBER;
      take(isText ? json.getString().length() : 0);
      if (left < 0) {
        skip(event);
        return null;
      }
      return switch (event) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        default -> json.getValue();
      };
    }

    private void take(int characters) {
      left -= WEIGHT_OF_A_VALUE + 2L * characters;
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
