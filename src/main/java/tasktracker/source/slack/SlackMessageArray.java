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
import tasktracker.source.RepairedJson;
import tasktracker.source.LenientJson;
import tasktracker.source.UnreadableFile;

/** An array of objects, one in memory at a time. One that is larger than any message is told as nothing. */
final class SlackMessageArray implements AutoCloseable {

  private final String name;
  private final JsonParser json;
  private boolean begun;

  SlackMessageArray(String name, InputStream in) {
    this.name = name;
    this.json = new RepairedJson(in).parser();
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
    return guarded(() -> RepairedJson.row(json));
  }

  private <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(LocalizedMessage.of("problem.file.of.broken", name, UnreadableFile.where(e.getLocation())));
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw e.getCause() instanceof UnreadableFile f ? f : UnreadableFile.broken(LocalizedMessage.of("problem.file.of.damaged", name));
    }
  }

  private boolean moveToObject() {
    if (!begun && json.next() != Event.START_ARRAY) {
      throw UnreadableFile.foreign(LocalizedMessage.of("problem.file.of.array", name, UnreadableFile.where(json.getLocation())));
    }
    begun = true;
    Event event = json.next();
    while (event != Event.END_ARRAY && event != Event.START_OBJECT) {
      if (event == Event.START_ARRAY) {
        json.skipArray();
      }
      event = json.next();
    }
    return event == Event.START_OBJECT;
  }

  @Override
  public void close() {
    json.close();
  }
}
