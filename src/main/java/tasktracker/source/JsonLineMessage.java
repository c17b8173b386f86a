package tasktracker.source;

import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.DateParser;
import tasktracker.platform.web.LocalizedMessage;

/**
 * One line of {@code messages-jsonl}. Members: {@code chat}, {@code id}, {@code author}, {@code sent_at} (ISO 8601 with
 * zone) and {@code text} must be there; {@code chat_title}, {@code chat_kind}, {@code author_id}, {@code author_email},
 * {@code edited_at}, {@code thread_id}, {@code thread_title}, {@code reply_to} and {@code forwarded_from} may.
 */
record JsonLineMessage(LenientJson row, long number) {

  JsonLineMessage(JsonObject object, long number) {
    this(new LenientJson(object), number);
  }

  IncomingMessage message() {
    return new IncomingMessage(chat(), id("id", row.words("id")), author(), required("sent_at", moment("sent_at")), moment("edited_at"),
        MessageKind.TEXT, required("text", row.text("text")), List.of(), row.words("thread_id"), row.words("thread_title"),
        row.words("reply_to"), row.words("forwarded_from"), null, List.of());
  }

  private ChatRef chat() {
    return new ChatRef(id("chat", row.words("chat")), kind(), row.words("chat_title"));
  }

  private ChatKind kind() {
    String kind = row.words("chat_kind");
    try {
      return kind == null ? ChatKind.OTHER : ChatKind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw wrong("chat_kind", LocalizedMessage.of("problem.file.member.kind"));
    }
  }

  private String id(String key, @Nullable String value) {
    String id = required(key, value);
    if (id.length() > IncomingMessage.LONGEST_ID) {
      throw wrong(key, LocalizedMessage.of("problem.file.member.long"));
    }
    return id;
  }

  private Speaker author() {
    String name = required("author", row.words("author"));
    String id = row.words("author_id") == null ? StorableText.truncate("name:" + name, IncomingMessage.LONGEST_ID)
        : id("author_id", row.words("author_id"));
    return new Speaker(id, name, null, null, row.words("author_email"), null, false, false);
  }

  private @Nullable Instant moment(String key) {
    String text = row.words(key);
    try {
      return text == null ? null : DateParser.parseInstant(text);
    } catch (DateTimeException e) {
      throw wrong(key, LocalizedMessage.of("problem.file.member.moment"));
    }
  }

  private <T> T required(String key, @Nullable T value) {
    if (value == null) {
      throw wrong(key, LocalizedMessage.of("problem.file.member.missing"));
    }
    return value;
  }

  private UnreadableFile wrong(String key, LocalizedMessage what) {
    return UnreadableFile.foreign(LocalizedMessage.of("problem.file.member", String.valueOf(number), key, what));
  }
}
