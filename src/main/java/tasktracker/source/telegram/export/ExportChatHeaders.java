package tasktracker.source.telegram.export;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.JsonRepairInputStream;
import tasktracker.source.format.UnreadableFile;

/**
 * Reads the headers of all chats of an export in a pass of its own, for a file in which messages come before them: some
 * programs sort the members. Messages are skipped.
 */
final class ExportChatHeaders {

  /** More chats are rejected anyway. */
  private static final int MAX_CHATS = 10_001;

  private final JsonParser json;
  private final List<ExportChatHeader> headers = new ArrayList<>();

  private ExportChatHeaders(JsonParser json) {
    this.json = json;
  }

  /** The headers: of the file itself, then of each entry of its lists of chats; none for an empty stream. */
  static List<ExportChatHeader> read(InputStream in) {
    JsonRepairInputStream file = new JsonRepairInputStream(in);
    try (JsonParser json = file.parser()) {
      ExportChatHeaders found = new ExportChatHeaders(json);
      found.chat(json.next());
      return found.headers;
    } catch (UnreadableFile e) {
      throw file.isTruncated() ? UnreadableFile.truncated(file.position(), 0) : e;
    } catch (JsonException | IllegalStateException | NoSuchElementException e) {
      return unlessBroken(file, e);
    }
  }

  private static List<ExportChatHeader> unlessBroken(JsonRepairInputStream file, RuntimeException e) {
    if (file.isBlank()) {
      return List.of();
    }
    throw e.getCause() instanceof UnreadableFile f
        ? f
        : e instanceof JsonParsingException broken
            ? UnreadableFile.broken(broken)
            : UnreadableFile.broken(LocalizedMessage.of("problem.file.broken.near", file.position()));
  }

  private void chat(Event event) {
    ExportChatHeader header = new ExportChatHeader();
    if (headers.size() < MAX_CHATS) {
      headers.add(header);
    }
    if (event != Event.START_OBJECT) {
      ExportChatHeader.skip(event, json);
      return;
    }
    for (Event key = json.next(); key != Event.END_OBJECT; key = json.next()) {
      String name = json.getString();
      Event value = json.next();
      if (value == Event.START_OBJECT && (name.equals("chats") || name.equals("left_chats"))) {
        section();
      } else {
        header.readMember(name, value, json);
      }
    }
  }

  private void section() {
    for (Event key = json.next(); key != Event.END_OBJECT; key = json.next()) {
      boolean isList = json.getString().equals("list");
      Event value = json.next();
      if (isList && value == Event.START_ARRAY) {
        chats();
      } else {
        ExportChatHeader.skip(value, json);
      }
    }
  }

  private void chats() {
    for (Event chat = json.next(); chat != Event.END_ARRAY; chat = json.next()) {
      chat(chat);
    }
  }
}
