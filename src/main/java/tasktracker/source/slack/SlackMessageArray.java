package tasktracker.source.slack;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.JsonRepairInputStream;
import tasktracker.source.LenientJson;
import tasktracker.source.UnreadableFile;

/**
 * An array of objects, one in memory at a time. One that is larger than any message is told as nothing. An empty file and
 * {@code null}, which some programs write, are empty arrays.
 */
final class SlackMessageArray implements AutoCloseable {

  private final String name;
  private final JsonRepairInputStream file;
  private final JsonParser json;
  private boolean begun;
  private boolean isEmpty;
  private long rows;

  SlackMessageArray(String name, InputStream in) {
    this.name = name;
    this.file = new JsonRepairInputStream(in);
    this.json = file.parser();
  }

  /** The entry of the archive that they are in. */
  String name() {
    return name;
  }

  /** Hands over all objects that are not too large. */
  void forEach(Consumer<LenientJson> reader) {
    while (moveOn()) {
      row().ifPresent(reader);
    }
  }

  /** Goes to the next object, which then must be read by {@link #row}; false after the last. */
  boolean moveOn() {
    return guarded(this::moveToObject);
  }

  /** The object; nothing when it is too large. */
  Optional<LenientJson> row() {
    Optional<LenientJson> row = guarded(() -> JsonRepairInputStream.row(json));
    rows++;
    return row;
  }

  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnreadableFile e) {
      throw e.isFatal() ? e : (file.isTruncated() ? UnreadableFile.truncated(file.where(), rows) : e).in(name);
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.of.broken", name, UnreadableFile.where(e.getLocation())));
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.of.damaged", name));
    }
  }

  private boolean moveToObject() {
    begin();
    if (isEmpty) {
      return false;
    }
    Event event = json.next();
    while (event != Event.END_ARRAY && event != Event.START_OBJECT) {
      if (event == Event.START_ARRAY) {
        json.skipArray();
      }
      event = json.next();
    }
    return event == Event.START_OBJECT;
  }

  private void begin() {
    Event first = begun ? Event.START_ARRAY : first();
    begun = true;
    isEmpty |= first == Event.VALUE_NULL;
    if (first != Event.VALUE_NULL && first != Event.START_ARRAY) {
      throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.array", UnreadableFile.where(json.getLocation())));
    }
  }

  private Event first() {
    try {
      return json.next();
    } catch (JsonException | NoSuchElementException e) {
      if (file.isBlank()) {
        return Event.VALUE_NULL;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    json.close();
  }
}
