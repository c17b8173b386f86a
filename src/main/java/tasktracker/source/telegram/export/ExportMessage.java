package tasktracker.source.telegram.export;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.message.IncomingMessage.MessageKind;
import tasktracker.message.IncomingMessage.Reaction;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.source.format.LenientJson;
import tasktracker.source.format.MomentParser;
import tasktracker.source.format.TranscriptEntry;
import tasktracker.source.telegram.PeerKey;
import tasktracker.source.telegram.PlaceholderText;
import tasktracker.source.telegram.ReactionChange;
import tasktracker.source.telegram.ServiceMessageText;
import tasktracker.source.telegram.text.FormattedText;

/** Parses one message of an exported chat. */
record ExportMessage(ChatRef chat, ForumTopics topics, LenientJson object) {

  /** The entry of the message, which must not miss a member. */
  TranscriptEntry parse() {
    return isSupported()
        ? TranscriptEntry.of(message(Objects.requireNonNull(object.number("id")), Objects.requireNonNull(sentAt())))
        : new TranscriptEntry.Skipped("unsupported", false);
  }

  /** The required member that is missing or cannot be read: {@code id} or {@code date}; null when there is none. */
  @Nullable
  String missingMember() {
    return !isSupported() ? null : object.number("id") == null ? "id" : sentAt() == null ? "date" : null;
  }

  private boolean isSupported() {
    return !"unsupported".equals(object.text("type"));
  }

  private @Nullable Instant sentAt() {
    return instant("date_unixtime", "date");
  }

  /** Whether the message has a text of its own and not only an attachment. */
  boolean hasText() {
    return !FormattedText.ofExport(object).isBlank();
  }

  private IncomingMessage message(long id, Instant sentAt) {
    FormattedText text = FormattedText.ofExport(object);
    Long topic = topic(id);
    return new IncomingMessage(chat, String.valueOf(id), author(), sentAt, editedAt(), kind(), content(text.text()),
        text.entities(), topic == null ? null : topic.toString(), topic == null ? null : topics.title(topic),
        replyTo(topic), forwardedFrom(), null, reactions());
  }

  private boolean isService() {
    return "service".equals(object.text("type"));
  }

  /** An attachment of an unknown kind without text is unsupported, so that it never replaces a known text. */
  private MessageKind kind() {
    if (isService()) {
      return MessageKind.SERVICE;
    }
    if (!hasText() && ExportMedia.isUnknown(object)) {
      return MessageKind.UNSUPPORTED;
    }
    if (ExportMedia.placeholder(object) != null) {
      return MessageKind.MEDIA;
    }
    return hasText() ? MessageKind.TEXT : MessageKind.UNSUPPORTED;
  }

  private String content(String text) {
    if (!text.isBlank()) {
      String list = ExportMedia.list(object);
      return list == null ? text : text + "\n" + list;
    }
    if (isService()) {
      String detail = ExportServiceMessage.detail(object);
      return ServiceMessageText.of(ExportServiceMessage.action(object), detail == null ? ExportWords.of(object) : detail);
    }
    String label = Objects.requireNonNullElse(ExportMedia.placeholder(object), PlaceholderText.MEDIA);
    String words = PlaceholderText.isBare(label) ? ExportWords.of(object) : null;
    return words == null ? label : kind() == MessageKind.UNSUPPORTED ? words : label + "\n" + words;
  }

  /** In a forum, a message that replies to no one is marked as a reply to the message that created the topic. */
  private @Nullable String replyTo(@Nullable Long topic) {
    Long answered = object.has("reply_to_peer_id") ? null : object.number("reply_to_message_id");
    return answered == null || answered.equals(topic) ? null : answered.toString();
  }

  private Speaker author() {
    String id = PeerKey.speaker(object.text(object.has("from_id") ? "from_id" : "actor_id"));
    String name = FormattedText.plainText(object, object.has("from") ? "from" : "actor");
    if (name == null) {
      name = id == null ? Speaker.UNKNOWN : Speaker.DELETED;
    }
    return Speaker.named(id == null ? StorableText.truncate("name:" + name, IncomingMessage.MAX_ID_LENGTH) : id, name);
  }

  private @Nullable Long topic(long id) {
    String action = isService() ? object.text("action") : null;
    if ("topic_created".equals(action)) {
      topics.addTopic(id, FormattedText.plainText(object, "title"));
      return id;
    }
    Long topic = object.has("reply_to_peer_id") ? null : topics.findTopic(id, object.number("reply_to_message_id"));
    if ("topic_edit".equals(action) && topic != null && FormattedText.plainText(object, "new_title") != null) {
      topics.renameTopic(topic, FormattedText.plainText(object, "new_title"));
    }
    return topic;
  }

  /** Old files write 1970 for a message that was never edited. */
  private @Nullable Instant editedAt() {
    Instant edited = instant("edited_unixtime", "edited");
    return edited == null || edited.getEpochSecond() < 86_400 ? null : edited;
  }

  /** Old files contain only the local time of the exporting computer without its time zone; it is read as UTC. */
  private @Nullable Instant instant(String seconds, String local) {
    Instant instant = object.instant(seconds);
    return instant == null ? MomentParser.parseUtc(object.text(local)) : instant;
  }

  private @Nullable String forwardedFrom() {
    if (!object.json().containsKey("forwarded_from")) {
      return object.nonBlank("forwarded_from_id");
    }
    return Objects.requireNonNullElse(FormattedText.plainText(object, "forwarded_from"), Speaker.DELETED);
  }

  private List<Reaction> reactions() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (LenientJson reaction : object.objects("reactions")) {
      String emoji = ReactionChange.emoji(reaction);
      Long count = reaction.number("count");
      if (!emoji.isEmpty() && count != null && count > 0 && count <= Integer.MAX_VALUE) {
        counts.merge(emoji, count.intValue(), ExportMessage::add);
      }
    }
    return counts.entrySet().stream().map(entry -> new Reaction(entry.getKey(), entry.getValue())).toList();
  }

  private static int add(int one, int other) {
    return (int) Math.min((long) one + other, Integer.MAX_VALUE);
  }
}
