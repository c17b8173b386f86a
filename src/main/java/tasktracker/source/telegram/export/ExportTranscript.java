package tasktracker.source.telegram.export;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.json.JsonLimitExceeded;
import tasktracker.source.format.JsonRepairInputStream;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.Transcript;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.format.UnreadableFile;

/**
 * Reads Telegram Desktop's {@code result.json} as a stream: a single chat, or an account with its current and former
 * chats. Only one message and the one before it are in memory.
 */
final class ExportTranscript implements Transcript {

  /** The nesting levels that lead to messages; all other branches are skipped. */
  private enum Level {
    ROOT,
    SECTION,
    DIALOGS,
    DIALOG,
    MESSAGES
  }

  private final JsonRepairInputStream file;
  private final JsonParser json;
  private final Supplier<InputStream> again;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final AlbumDetector albums = new AlbumDetector();
  private ExportChatHeader heading = new ExportChatHeader();
  /** Headers that were read ahead; null until they are needed. */
  private @Nullable List<ExportChatHeader> headers;
  private boolean isStarted;
  private boolean hasChats;
  private long chats;
  private long readable;

  /** @param again opens the same file at its start, to read headers that come after messages; empty when it cannot */
  ExportTranscript(InputStream in, Supplier<InputStream> again) {
    this.again = again;
    file = new JsonRepairInputStream(in);
    json = file.parser();
  }

  @Override
  public @Nullable TranscriptEntry next() {
    try {
      start();
      return nextEntry();
    } catch (UnreadableFile e) {
      throw file.isTruncated() ? UnreadableFile.truncated(file.position(), readable) : e;
    } catch (JsonParsingException e) {
      throw UnreadableFile.broken(e);
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      throw e.getCause() instanceof UnreadableFile f
          ? f
          : UnreadableFile.broken(LocalizedMessage.of("problem.file.broken.near", UnreadableFile.position(json.getLocation())));
    }
  }

  private void start() {
    if (!isStarted) {
      isStarted = true;
      if (json.next() != Event.START_OBJECT) {
        throw foreign(LocalizedMessage.of("problem.file.telegram.object"));
      }
      levels.push(Level.ROOT);
    }
  }

  /** Passes each entry through the album detector, which holds one back, and returns the first that comes out. */
  private @Nullable TranscriptEntry nextEntry() {
    while (true) {
      TranscriptEntry entry = levels.isEmpty() ? null : step();
      if (entry != null) {
        return entry;
      }
      if (levels.isEmpty()) {
        finish();
        return albums.isWaiting() ? albums.next(null, false) : null;
      }
    }
  }

  private void finish() {
    if (!hasChats) {
      throw foreign(LocalizedMessage.of("problem.file.telegram.chats"));
    }
    json.hasNext(); // fails when anything follows the end
  }

  private @Nullable TranscriptEntry step() {
    Event event = json.next();
    if (event == Event.END_OBJECT || event == Event.END_ARRAY) {
      levels.pop();
      return null;
    }
    return switch (levels.element()) {
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
      case "chats", "left_chats" -> enter(value, Event.START_OBJECT, Level.SECTION);
      default -> {
        heading.readMember(key, value, json);
        yield null;
      }
    };
  }

  /** An unreadable chat of an account is reported and skipped. */
  private @Nullable TranscriptEntry messages(Event value) {
    boolean isOneOfMany = levels.element() == Level.DIALOG;
    hasChats |= value == Event.START_ARRAY;
    if (value == Event.START_ARRAY && !heading.isFinished()) {
      readAhead(isOneOfMany ? chats : 0);
    }
    if (value == Event.VALUE_NULL || value == Event.START_ARRAY && heading.isComplete() || value != Event.START_ARRAY && !isOneOfMany) {
      return enter(value, Event.START_ARRAY, Level.MESSAGES);
    }
    if (!isOneOfMany) {
      throw foreign(LocalizedMessage.of("problem.file.telegram.heading"));
    }
    ExportChatHeader.skip(value, json);
    return unreadable(heading.displayName(),
        value == Event.START_ARRAY
            ? LocalizedMessage.of("problem.file.chat.member", heading.missingMember())
            : LocalizedMessage.of("problem.file.chat.messages"));
  }

  /** Finds the header of a chat whose messages come before it. */
  private void readAhead(long chat) {
    headers = headers == null ? ExportChatHeaders.read(again.get()) : headers;
    if (chat < headers.size()) {
      heading = headers.get((int) chat);
    }
  }

  private @Nullable TranscriptEntry unreadable(String name, LocalizedMessage why) {
    return albums.next(new TranscriptEntry.Unreadable(name.isEmpty() ? String.valueOf(chats) : name, UnreadableFile.wrongFormat(why)),
        false);
  }

  private @Nullable TranscriptEntry sectionMember() {
    boolean isList = json.getString().equals("list");
    Event value = json.next();
    if (isList) {
      return enter(value, Event.START_ARRAY, Level.DIALOGS);
    }
    ExportChatHeader.skip(value, json);
    return null;
  }

  private @Nullable TranscriptEntry enter(Event value, Event expected, Level level) {
    if (value != expected) {
      ExportChatHeader.skip(value, json);
    } else {
      hasChats |= level == Level.DIALOGS;
      levels.push(level);
    }
    return null;
  }

  private @Nullable TranscriptEntry dialog(Event event) {
    chats++;
    if (event == Event.START_OBJECT) {
      heading = new ExportChatHeader();
      levels.push(Level.DIALOG);
      return null;
    }
    ExportChatHeader.skip(event, json);
    return event == Event.VALUE_NULL ? null : unreadable("", LocalizedMessage.of("problem.file.chat.object"));
  }

  private @Nullable TranscriptEntry message(Event event) {
    JsonLocation at = json.getLocation();
    long number = heading.nextMessage();
    if (event != Event.START_OBJECT) {
      ExportChatHeader.skip(event, json);
      return leftOut(LocalizedMessage.of("problem.file.message.object", number, UnreadableFile.position(at)));
    }
    try {
      Optional<LenientJson> row = JsonRepairInputStream.readObject(json);
      return row.isEmpty()
          ? albums.next(TranscriptEntry.Skipped.TOO_LARGE, false)
          : message(new ExportMessage(heading.chat(), heading.topics(), row.get()), number, at);
    } catch (JsonLimitExceeded e) {
      return leftOut(LocalizedMessage.of("problem.file.message.deep", number, UnreadableFile.position(at)));
    }
  }

  private @Nullable TranscriptEntry message(ExportMessage message, long number, JsonLocation at) {
    String missing = message.missingMember();
    if (missing != null) {
      LocalizedMessage place = UnreadableFile.position(at);
      return leftOut(missing.equals("id")
          ? LocalizedMessage.of("problem.file.message.id", number, place)
          : LocalizedMessage.of("problem.file.message.date", number, place, String.valueOf(message.object().number("id"))));
    }
    TranscriptEntry entry = message.parse();
    readable += entry instanceof TranscriptEntry.Parsed ? 1 : 0;
    return albums.next(entry, message.hasText());
  }

  /** A message that is reported with its number in the chat and its position in the file. */
  private @Nullable TranscriptEntry leftOut(LocalizedMessage why) {
    return unreadable(heading.displayName(), why);
  }

  private UnreadableFile foreign(LocalizedMessage what) {
    return UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.telegram", UnreadableFile.position(json.getLocation()), what));
  }

  @Override
  public void close() {
    json.close();
  }
}
