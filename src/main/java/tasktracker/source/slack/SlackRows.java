package tasktracker.source.slack;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Saying;
import tasktracker.source.CuredJson;
import tasktracker.source.Row;
import tasktracker.source.UnreadableFile;

/** An array of objects, one in memory at a time. */
final class SlackRows implements AutoCloseable {

  private final String name;
  private final CuredJson bytes;
  private final JsonParser json;
  private boolean begun;

  SlackRows(String name, InputStream in) {
    this.name = name;
    this.bytes = new CuredJson(in);
    this.json = bytes.parser();
  }

  /** The next object, or null after the last; anything else in the array is passed over. */
  @Nullable Row next() {
    try {
      return nextRow();
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(Saying.of("problem.file.of.broken", name, UnreadableFile.where(e.getLocation())));
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw e.getCause() instanceof UnreadableFile f ? f : UnreadableFile.broken(Saying.of("problem.file.of.damaged", name));
    }
  }

  private @Nullable Row nextRow() {
    if (!begun && json.next() != Event.START_ARRAY) {
      throw UnreadableFile.foreign(Saying.of("problem.file.of.array", name, UnreadableFile.where(json.getLocation())));
    }
    begun = true;
    Event event = json.next();
    while (event != Event.END_ARRAY && event != Event.START_OBJECT) {
      if (event == Event.START_ARRAY) {
        json.skipArray();
      }
      event = json.next();
    }
    return event == Event.END_ARRAY ? null : row();
  }

  private Row row() {
    bytes.messageBegins();
    Row row = new Row(json.getObject());
    bytes.messageEnds();
    return row;
  }

  @Override
  public void close() {
    json.close();
  }
}
