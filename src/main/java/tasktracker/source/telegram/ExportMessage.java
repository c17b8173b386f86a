package tasktracker.source.telegram;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
record ExportMessage(ChatRef chat, ForumTopics topics, LenientJson row) {

  private static final String CUSTOM_EMOJI = "custom emoji";

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
      String list = ExportMedia.list(row);
      return list == null ? text : text + "\n" + list;
    }
    return isService() ? ServiceMessageText.of(ExportServiceMessage.action(row), ExportServiceMessage.detail(row))
        : Objects.requireNonNullElse(ExportMedia.standIn(row), PlaceholderText.MEDIA);
  }

  /** In a forum, what answers nobody is marked as an answer to the message that created the topic. */
  private @Nullable String replyTo(@Nullable Long topic) {
    Long answered = row.has("reply_to_peer_id") ? null : row.number("reply_to_message_id");
    return answered == null || answered.equals(topic) ? null : answered.toString();
  }

  private Speaker author() {
    String id = PeerKey.speaker(row.text(row.has("from_id") ? "from_id" : "actor_id"));
    String name = ExportText.words(row, row.has("from") ? "from" : "actor");
    if (name == null) {
      name = id == null ? Speaker.UNKNOWN : Speaker.DELETED;
    }
    return Speaker.named(id == null ? StorableText.truncate("name:" + name, IncomingMessage.LONGEST_ID) : id, name);
  }

  private @Nullable Long topic(long id) {
    String action = isService() ? row.text("action") : null;
    if ("topic_created".equals(action)) {
      topics.created(id, ExportText.words(row, "title"));
      return id;
    }
    Long topic = row.has("reply_to_peer_id") ? null : topics.of(id, row.number("reply_to_message_id"));
    if ("topic_edit".equals(action) && topic != null && ExportText.words(row, "new_title") != null) {
      topics.renamed(topic, ExportText.words(row, "new_title"));
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
    return Objects.requireNonNullElse(ExportText.words(row, "forwarded_from"), Speaker.DELETED);
  }

  /** Different custom emoji are told by one name, so they are counted together. */
  private List<Reaction> reactions() {
    List<Reaction> told = new ArrayList<>();
    long custom = 0;
    for (LenientJson reaction : row.rows("reactions")) {
      custom += emoji(reaction).equals(CUSTOM_EMOJI) ? count(reaction) : 0;
      if (count(reaction) > 0 && !emoji(reaction).equals(CUSTOM_EMOJI)) {
        told.add(new Reaction(emoji(reaction), (int) count(reaction)));
      }
    }
    if (custom > 0) {
      told.addFirst(new Reaction(CUSTOM_EMOJI, (int) Math.min(custom, Integer.MAX_VALUE)));
    }
    return told;
  }

  private static long count(LenientJson reaction) {
    Long count = reaction.number("count");
    return count == null || count < 1 || count > Integer.MAX_VALUE || emoji(reaction).isEmpty() ? 0 : count;
  }

  /** The emoji; empty for none. A custom one has a document's id, or a sentence of the exporter in its place. */
  private static String emoji(LenientJson reaction) {
    return switch (String.valueOf(reaction.text("type"))) {
      case "emoji" -> Objects.requireNonNullElse(reaction.words("emoji"), "");
      case "custom_emoji" -> CUSTOM_EMOJI;
      case "paid" -> "⭐";
      default -> "";
    };
  }
}
