package tasktracker.source.format;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
 * Parses one line of {@code messages-jsonl}. {@code chat}, {@code id}, {@code sent_at} (see {@link MomentParser}) and {@code
 * text} are required; {@code author}, {@code chat_title}, {@code chat_kind}, {@code author_id}, {@code author_email}, {@code
 * edited_at}, {@code thread_id}, {@code thread_title}, {@code reply_to} and {@code forwarded_from} are optional, and one that
 * cannot be read counts as missing. {@code text} may be split into an array of texts and of objects with a {@code text}.
 */
record JsonLineMessage(LenientJson object, long number) {

  JsonLineMessage(JsonObject object, long number) {
    this(new LenientJson(object), number);
  }

  IncomingMessage message() {
    return new IncomingMessage(chat(), id("id", object.nonBlank("id")), author(), sentAt(),
        MomentParser.parse(object.nonBlank("edited_at")),
        MessageKind.TEXT, required("text", object.joinedText("text")), List.of(), object.nonBlank("thread_id"),
        object.nonBlank("thread_title"),
        object.nonBlank("reply_to"), object.nonBlank("forwarded_from"), null, List.of());
  }

  private ChatRef chat() {
    return new ChatRef(id("chat", object.nonBlank("chat")), kind(), object.nonBlank("chat_title"));
  }

  private ChatKind kind() {
    String kind = object.nonBlank("chat_kind");
    return Stream.of(ChatKind.values()).filter(known -> known.name().equalsIgnoreCase(kind)).findFirst().orElse(ChatKind.OTHER);
  }

  private String id(String key, @Nullable String value) {
    String id = required(key, value);
    if (id.length() > IncomingMessage.MAX_ID_LENGTH) {
      throw invalid(key, LocalizedMessage.of("problem.file.member.long"));
    }
    return id;
  }

  /** A message without an author is one of an unknown person. */
  private Speaker author() {
    String email = object.nonBlank("author_email");
    String name = Objects.requireNonNullElse(authorName(), email == null ? Speaker.UNKNOWN : email);
    String id = object.nonBlank("author_id") == null
        ? StorableText.truncate("name:" + name, IncomingMessage.MAX_ID_LENGTH)
        : id("author_id", object.nonBlank("author_id"));
    return new Speaker(id, name, null, null, email, null, false, false);
  }

  private @Nullable String authorName() {
    LenientJson author = object.object("author");
    String name = author == null ? object.joinedText("author") : author.nonBlank(author.has("name") ? "name" : "text");
    return name == null || name.isBlank() ? null : name.strip();
  }

  private Instant sentAt() {
    String text = required("sent_at", object.nonBlank("sent_at"));
    Instant sentAt = MomentParser.parse(text);
    if (sentAt == null) {
      throw invalid("sent_at", LocalizedMessage.of("problem.file.member.moment"));
    }
    return sentAt;
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
