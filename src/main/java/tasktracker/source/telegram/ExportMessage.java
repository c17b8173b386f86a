package tasktracker.source.telegram;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.source.TranscriptEntry;
import tasktracker.source.LenientJson;

/** Reads one row of an exported chat. */
record ExportMessage(ChatRef chat, Topics topics, LenientJson row) {

  /** So many of those who were added or called are named. */
  private static final int NAMED_TOGETHER = 100;

  TranscriptEntry read() {
    if ("unsupported".equals(row.text("type"))) {
      return new TranscriptEntry.Skipped("unsupported", false);
    }
    if (row.number("id") == null) {
      return new TranscriptEntry.Skipped("without_id", true);
    }
    Instant sentAt = moment("date_unixtime", "date");
    return sentAt == null ? new TranscriptEntry.Skipped("without_date", true) : TranscriptEntry.of(message(row.number("id"), sentAt));
  }

  /** Whether the row has words of its own, not only something attached. */
  boolean hasText() {
    return !ExportText.of(row).text().isBlank();
  }

  private IncomingMessage message(long id, Instant sentAt) {
    ExportText text = ExportText.of(row);
    Long topic = topic(id);
    return new IncomingMessage(chat, String.valueOf(id), author(), sentAt, editedAt(), kind(), content(text.text()),
        text.entities(), topic == null ? null : topic.toString(), topic == null ? null : topics.title(topic),
        replyTo(topic), forwardedFrom(), null, reactions());
  }

  private boolean isService() {
    return "service".equals(row.text("type"));
  }

  private MessageKind kind() {
    if (isService()) {
      return MessageKind.SERVICE;
    }
    if (ExportMedia.standIn(row) != null) {
      return MessageKind.MEDIA;
    }
    return hasText() ? MessageKind.TEXT : MessageKind.UNSUPPORTED;
  }

  private String content(String text) {
    if (!text.isBlank()) {
      return text;
    }
    return isService() ? ServiceText.of(row.text("action"), detail())
        : Objects.requireNonNullElse(ExportMedia.standIn(row), PlaceholderText.MEDIA);
  }

  private @Nullable String detail() {
    if (row.json().get("members") instanceof JsonArray members) {
      return members.stream().limit(NAMED_TOGETHER).filter(JsonString.class::isInstance).map(m -> ((JsonString) m).getString())
          .collect(Collectors.joining(", "));
    }
    String title = row.words("new_title") == null ? row.words("title") : row.words("new_title");
    return title == null ? PlaceholderText.duration(row.number("duration")) : title;
  }

  /** In a forum, what answers nobody is marked as an answer to the message that created the topic. */
  private @Nullable String replyTo(@Nullable Long topic) {
    Long answered = row.has("reply_to_peer_id") ? null : row.number("reply_to_message_id");
    return answered == null || answered.equals(topic) ? null : answered.toString();
  }

  private Speaker author() {
    String id = Peer.speaker(row.text(row.has("from_id") ? "from_id" : "actor_id"));
    String name = row.words(row.has("from") ? "from" : "actor");
    if (name == null) {
      name = id == null ? "Unknown" : "Deleted account";
    }
    return Speaker.named(id == null ? StorableText.truncate("name:" + name, IncomingMessage.LONGEST_ID) : id, name);
  }

  private @Nullable Long topic(long id) {
    String action = isService() ? row.text("action") : null;
    if ("topic_created".equals(action)) {
      topics.created(id, row.words("title"));
      return id;
    }
    Long topic = row.has("reply_to_peer_id") ? null : topics.of(id, row.number("reply_to_message_id"));
    if ("topic_edit".equals(action) && topic != null && row.words("new_title") != null) {
      topics.renamed(topic, row.words("new_title"));
    }
    return topic;
  }

  /** Old files print 1970 for a message that was never edited. */
  private @Nullable Instant editedAt() {
    Instant edited = moment("edited_unixtime", "edited");
    return edited == null || edited.getEpochSecond() < 86_400 ? null : edited;
  }

  /** Old files tell only the local time of the computer that exported, without its zone; it is taken for UTC. */
  private @Nullable Instant moment(String seconds, String local) {
    if (row.has(seconds)) {
      return row.moment(seconds);
    }
    try {
      String text = row.text(local);
      return text == null ? null : plausible(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    } catch (DateTimeParseException e) {
      return null; // told by the caller as a row without a date
    }
  }

  private static @Nullable Instant plausible(Instant moment) {
    int year = moment.atOffset(ZoneOffset.UTC).getYear();
    return year < 1970 || year > 9999 ? null : moment;
  }

  private @Nullable String forwardedFrom() {
    if (!row.json().containsKey("forwarded_from")) {
      return row.words("forwarded_from_id");
    }
    return row.words("forwarded_from") == null ? "Deleted account" : row.words("forwarded_from");
  }

  private List<Reaction> reactions() {
    return row.rows("reactions").stream().map(ExportMessage::reaction).filter(Objects::nonNull).toList();
  }

  private static @Nullable Reaction reaction(LenientJson row) {
    String emoji = switch (String.valueOf(row.text("type"))) {
      case "emoji" -> row.text("emoji");
      case "custom_emoji" -> row.text("document_id");
      case "paid" -> "⭐";
      default -> null;
    };
    Long count = row.number("count");
    return emoji == null || count == null || count < 1 || count > Integer.MAX_VALUE ? null : new Reaction(emoji, count.intValue());
  }
}
