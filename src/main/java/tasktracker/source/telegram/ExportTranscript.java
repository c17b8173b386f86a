package tasktracker.source.telegram;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.JsonRepairInputStream;
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;
import tasktracker.source.Transcript;
import tasktracker.source.UnreadableFile;

/**
 * Telegram Desktop's {@code result.json}, read as a stream: a single chat, or a whole account with the chats one is in
 * and those one has left. One message is in memory at a time, and the one before it.
 */
final class ExportTranscript implements Transcript {

  /** Where in the file we are: the nesting that leads to messages. All other branches are skipped. */
  private enum Place {
    ROOT,
    SECTION,
    DIALOGS,
    DIALOG,
    MESSAGES
  }

  private final JsonRepairInputStream file;
  private final JsonParser json;
  private final Deque<Place> places = new ArrayDeque<>();
  private final AlbumDetector albums = new AlbumDetector();
  private ExportChatHeader heading = new ExportChatHeader();
  private boolean begun;
  private boolean anyChats;
  private long chats;
  private long readable;

  ExportTranscript(InputStream in) {
    file = new JsonRepairInputStream(in);
    json = file.parser();
  }

  @Override
  public @Nullable TranscriptEntry next() {
    try {
      begin();
      return nextLine();
    } catch (UnreadableFile e) {
      throw file.isTruncated() ? UnreadableFile.truncated(file.where(), readable) : e;
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(e);
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw e.getCause() instanceof UnreadableFile f ? f
          : UnreadableFile.broken(LocalizedMessage.of("problem.file.broken.near", UnreadableFile.where(json.getLocation())));
    }
  }

  private void begin() {
    if (!begun) {
      begun = true;
      if (json.next() != Event.START_OBJECT) {
        throw foreign(LocalizedMessage.of("problem.file.telegram.object"));
      }
      places.push(Place.ROOT);
    }
  }

  /** Hands each line through the albums, which hold back one; gives back the first that comes out. */
  private @Nullable TranscriptEntry nextLine() {
    while (true) {
      TranscriptEntry told = places.isEmpty() ? null : step();
      if (told != null) {
        return told;
      }
      if (places.isEmpty()) {
        finish();
        return albums.isWaiting() ? albums.pass(null, false) : null;
      }
    }
  }

  private void finish() {
    if (!anyChats) {
      throw foreign(LocalizedMessage.of("problem.file.telegram.chats"));
    }
    json.hasNext(); // refuses anything that follows the end
  }

  private @Nullable TranscriptEntry step() {
    Event event = json.next();
    if (event == Event.END_OBJECT || event == Event.END_ARRAY) {
      places.pop();
      return null;
    }
    return switch (places.element()) {
      case ROOT, DIALOG -> member();
      case SECTION -> sectionMember();
      case DIALOGS -> dialog(event);
      case MESSAGES -> message(event);
    };
  }

  private @Nullable TranscriptEntry member() {
    String key = json.getString();
    Event value = json.next();
    return switch (key) {
      case "messages" -> messages(value);
      case "chats", "left_chats" -> enter(value, Event.START_OBJECT, Place.SECTION);
      default -> {
        heading.tell(key, value, json);
        yield null;
      }
    };
  }

  /** Of an account's chats one that cannot be read is told, and passed over. */
  private @Nullable TranscriptEntry messages(Event value) {
    boolean isOneOfMany = places.element() == Place.DIALOG;
    anyChats |= value == Event.START_ARRAY;
    if (value == Event.VALUE_NULL || value == Event.START_ARRAY && heading.isComplete() || value != Event.START_ARRAY && !isOneOfMany) {
      return enter(value, Event.START_ARRAY, Place.MESSAGES);
    }
    if (!isOneOfMany) {
      throw foreign(LocalizedMessage.of("problem.file.telegram.heading"));
    }
    ExportChatHeader.skip(value, json);
    return unreadable(heading.named(), value == Event.START_ARRAY ? LocalizedMessage.of("problem.file.chat.member", heading.missing())
        : LocalizedMessage.of("problem.file.chat.messages"));
  }

  private @Nullable TranscriptEntry unreadable(String name, LocalizedMessage why) {
    return albums.pass(new TranscriptEntry.Unreadable(name.isEmpty() ? String.valueOf(chats) : name, UnreadableFile.foreign(why)), false);
  }

  private @Nullable TranscriptEntry sectionMember() {
    boolean isList = json.getString().equals("list");
    Event value = json.next();
    if (isList) {
      return enter(value, Event.START_ARRAY, Place.DIALOGS);
    }
    ExportChatHeader.skip(value, json);
    return null;
  }

  private @Nullable TranscriptEntry enter(Event value, Event expected, Place place) {
    if (value != expected) {
      ExportChatHeader.skip(value, json);
    } else {
      anyChats |= place == Place.DIALOGS;
      places.push(place);
    }
    return null;
  }

  private @Nullable TranscriptEntry dialog(Event event) {
    chats++;
    if (event == Event.START_OBJECT) {
      heading = new ExportChatHeader();
      places.push(Place.DIALOG);
      return null;
    }
    ExportChatHeader.skip(event, json);
    return event == Event.VALUE_NULL ? null : unreadable("", LocalizedMessage.of("problem.file.chat.object"));
  }

  private @Nullable TranscriptEntry message(Event event) {
    if (event != Event.START_OBJECT) {
      ExportChatHeader.skip(event, json);
      return albums.pass(new TranscriptEntry.Skipped("not_a_message", true), false);
    }
    Optional<ExportMessage> message = JsonRepairInputStream.row(json).map(row -> new ExportMessage(heading.chat(), heading.topics(), row));
    TranscriptEntry line = message.map(ExportMessage::read).orElse(TranscriptEntry.Skipped.TOO_LARGE);
    readable += line instanceof TranscriptEntry.Said ? 1 : 0;
    return albums.pass(line, message.map(ExportMessage::hasText).orElse(false));
  }

  private UnreadableFile foreign(LocalizedMessage what) {
    return UnreadableFile.foreign(LocalizedMessage.of("problem.file.telegram", UnreadableFile.where(json.getLocation()), what));
  }

  @Override
  public void close() {
    json.close();
  }
}
