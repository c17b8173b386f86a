package tasktracker.source.telegram.export;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.platform.data.StorableText;
import tasktracker.source.telegram.PeerKey;

/** The header of an exported chat: its name, type and id. */
final class ExportChatHeader {

  private static final int MAX_LENGTH = 1_000;
  private static final Set<String> NAMELESS = Set.of("saved_messages", "replies", "verification_codes");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
  private final ForumTopics topics = new ForumTopics();
  private @Nullable String name;
  private boolean isNameSeen;
  private @Nullable String type;
  private @Nullable Long id;
  private @Nullable ChatRef chat;
  private long messages;

  /** Reads one member; members that do not describe the chat are skipped. */
  void readMember(String key, Event value, JsonParser json) {
    isNameSeen |= key.equals("name");
    if (value == Event.VALUE_STRING && key.equals("name")) {
      name = StorableText.truncate(json.getString(), MAX_LENGTH);
    } else if (value == Event.VALUE_STRING && key.equals("type")) {
      type = StorableText.truncate(json.getString(), MAX_LENGTH);
    } else if ((value == Event.VALUE_NUMBER || value == Event.VALUE_STRING) && key.equals("id")) {
      id = WHOLE.matcher(json.getString()).matches() ? Long.valueOf(json.getString()) : null;
    } else {
      skip(value, json);
    }
  }

  boolean isComplete() {
    return id != null && type != null;
  }

  /** Whether no further member describes the chat, as far as exports of Telegram Desktop go. */
  boolean isFinished() {
    return isComplete() && (isNameSeen || NAMELESS.contains(type));
  }

  /** The required member that is missing before the messages. */
  String missingMember() {
    return type == null ? "type" : "id";
  }

  /** The chat's name, id or type, whichever is known first; empty for none. */
  String displayName() {
    return name != null && !name.isBlank() ? name.strip() : id != null ? String.valueOf(id) : Objects.requireNonNullElse(type, "");
  }

  /** The number of the next message in the chat, from 1. */
  long nextMessage() {
    return ++messages;
  }

  ChatRef chat() {
    if (chat == null) {
      chat = PeerKey.chat(String.valueOf(type), id == null ? 0 : id, title());
    }
    return chat;
  }

  ForumTopics topics() {
    return topics;
  }

  private @Nullable String title() {
    if (name != null && !name.isBlank()) {
      return name.strip();
    }
    return "saved_messages".equals(type) ? "Saved messages" : "replies".equals(type) ? "Replies" : null;
  }

  /** Skips a value. */
  static void skip(Event value, JsonParser json) {
    if (value == Event.START_OBJECT) {
      json.skipObject();
    } else if (value == Event.START_ARRAY) {
      json.skipArray();
    }
  }
}
