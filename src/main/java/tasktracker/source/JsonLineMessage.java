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
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.query.DateParser;

/**
 * Parses one line of {@code messages-jsonl}. {@code chat}, {@code id}, {@code author}, {@code sent_at} (ISO 8601 with
 * time zone) and {@code text} are required; {@code chat_title}, {@code chat_kind}, {@code author_id}, {@code
 * author_email}, {@code edited_at}, {@code thread_id}, {@code thread_title}, {@code reply_to} and {@code
 * forwarded_from} are optional. {@code text} may be split into an array of texts and of objects with a {@code text}.
 */
record JsonLineMessage(LenientJson object, long number) {

  JsonLineMessage(JsonObject object, long number) {
    this(new LenientJson(object), number);
  }

  IncomingMessage message() {
    return new IncomingMessage(chat(), id("id", object.nonBlank("id")), author(), required("sent_at", moment("sent_at")), moment("edited_at"),
        MessageKind.TEXT, required("text", object.joinedText("text")), List.of(), object.nonBlank("thread_id"), object.nonBlank("thread_title"),
        object.nonBlank("reply_to"), object.nonBlank("forwarded_from"), null, List.of());
  }

  private ChatRef chat() {
    return new ChatRef(id("chat", object.nonBlank("chat")), kind(), object.nonBlank("chat_title"));
  }

  private ChatKind kind() {
    String kind = object.nonBlank("chat_kind");
    try {
      return kind == null ? ChatKind.OTHER : ChatKind.valueOf(kind.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw invalid("chat_kind", LocalizedMessage.of("problem.file.member.kind"));
    }
  }

  private String id(String key, @Nullable String value) {
    String id = required(key, value);
    if (id.length() > IncomingMessage.MAX_ID_LENGTH) {
      throw invalid(key, LocalizedMessage.of("problem.file.member.long"));
    }
    return id;
  }

  private Speaker author() {
    String name = required("author", object.nonBlank("author"));
    String id = object.nonBlank("author_id") == null ? StorableText.truncate("name:" + name, IncomingMessage.MAX_ID_LENGTH)
        : id("author_id", object.nonBlank("author_id"));
    return new Speaker(id, name, null, null, object.nonBlank("author_email"), null, false, false);
  }

  private @Nullable Instant moment(String key) {
    String text = object.nonBlank(key);
    try {
      return text == null ? null : DateParser.parseInstant(text);
    } catch (DateTimeException e) {
      throw invalid(key, LocalizedMessage.of("problem.file.member.moment"));
    }
  }

  private <T> T required(String key, @Nullable T value) {
    if (value == null) {
      throw invalid(key, LocalizedMessage.of("problem.file.member.missing"));
    }
    return value;
  }

  private UnreadableFile invalid(String key, LocalizedMessage what) {
    return UnreadableFile.wrongFormat(LocalizedMessage.of("problem.file.member", String.valueOf(number), key, what));
  }
}
