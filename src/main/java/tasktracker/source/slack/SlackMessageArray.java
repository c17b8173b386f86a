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
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.source.format.JsonRepairInputStream;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.UnreadableFile;

/**
 * An array of objects of which one is in memory at a time. A larger object than any message is returned as empty. An
 * empty file and {@code null}, which some programs write, are empty arrays.
 */
final class SlackMessageArray implements AutoCloseable {

  private final String name;
  private final JsonRepairInputStream file;
  private final JsonParser json;
  private boolean isStarted;
  private boolean isEmpty;
  private long rows;

  SlackMessageArray(String name, InputStream in) {
    this.name = name;
    this.file = new JsonRepairInputStream(in);
    this.json = file.parser();
  }

  /** The name of its entry in the archive. */
  String name() {
    return name;
  }

  /** Passes all objects that are not too large. */
  void forEach(Consumer<LenientJson> reader) {
    while (advance()) {
      try {
        row().ifPresent(reader);
      } catch (JsonLimitExceeded e) {
        throw UnreadableFile.limitExceeded(e).inPart(name);
      }
    }
  }

  /** Advances to the next object, which must then be read by {@link #row}; returns false after the last. */
  boolean advance() {
    return guarded(this::moveToObject);
  }

  /** The position of the object to which {@link #advance} has moved. */
  LocalizedMessage position() {
    return UnreadableFile.position(json.getLocation());
  }

  /**
   * The object; empty when it is too large.
   *
   * @throws JsonLimitExceeded when it is nested too deep; the objects after it can be read
   */
  Optional<LenientJson> row() {
    Optional<LenientJson> row = guarded(() -> JsonRepairInputStream.readObject(json));
    rows++;
    return row;
  }

  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (UnreadableFile e) {
      throw e.isFatal() ? e : (file.isTruncated() ? UnreadableFile.truncated(file.position(), rows) : e).inPart(name);
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.of.broken", name, UnreadableFile.position(e.getLocation())));
    } catch (JsonLimitExceeded e) {
      throw e;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.of.damaged", name));
    }
  }

  private boolean moveToObject() {
    start();
    if (isEmpty) {
      return isAnythingLeft();
    }
    Event event = json.next();
    while (event != Event.END_ARRAY && event != Event.START_OBJECT) {
      if (event == Event.START_ARRAY) {
        json.skipArray();
      }
      event = json.next();
    }
    return event == Event.START_OBJECT || isAnythingLeft();
  }

  /** Returns false at the end of the file, and fails when anything follows the array. */
  private boolean isAnythingLeft() {
    return !file.isBlank() && json.hasNext();
  }

  private void start() {
    Event first = isStarted ? Event.START_ARRAY : first();
    isStarted = true;
    isEmpty |= first == Event.VALUE_NULL;
    if (first != Event.VALUE_NULL && first != Event.START_ARRAY) {
      throw UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.array", UnreadableFile.position(json.getLocation())));
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
