package tasktracker.source.telegram.update;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.PeerKey;

/** Parses a {@code Message} of the Bot API. */
record BotMessage(LenientJson object) {

  Optional<IncomingMessage> parse() {
    return rejectionReason() == null ? Optional.of(message()).filter(IncomingMessage::isStorable) : Optional.empty();
  }

  /** Why it cannot be stored, or null. */
  @Nullable
  LocalizedMessage rejectionReason() {
    if (chatRow() == null || chatRow().number("id") == null) {
      return LocalizedMessage.of("telegram.ignored.chat");
    }
    Long id = object.number("message_id");
    if (id == null || id == 0) {
      return LocalizedMessage.of("telegram.ignored.scheduled");
    }
    Instant date = object.instant("date");
    if (date == null && object.has("date")) {
      return LocalizedMessage.of("telegram.ignored.date");
    }
    return date == null || date.getEpochSecond() == 0 ? LocalizedMessage.of("telegram.ignored.inaccessible") : null;
  }

  Optional<UpdateReader.Migration> migration() {
    Long to = object.number("migrate_to_chat_id");
    Long from = object.number("migrate_from_chat_id");
    if (rejectionReason() != null) {
      return Optional.empty();
    }
    String here = chat().externalId();
    if (to != null) {
      return Optional.of(new UpdateReader.Migration(here, PeerKey.key(to), chat().title()));
    }
    return Optional.ofNullable(from).map(id -> new UpdateReader.Migration(PeerKey.key(id), here, chat().title()));
  }

  private IncomingMessage message() {
    BotMessageContent content = content();
    return new IncomingMessage(chat(), String.valueOf(object.number("message_id")), author(),
        Objects.requireNonNull(object.instant("date")), object.instant("edit_date"), content.kind(), content.text(),
        content.entities(), thread(), threadTitle(), replyTo(), forwardedFrom(), object.text("media_group_id"), List.of());
  }

  private BotMessageContent content() {
    return BotMessageContent.of(object);
  }

  /** Why its content could not be parsed, or null when it could. */
  @Nullable
  LocalizedMessage unreadableReason() {
    String unknown = content().unknown();
    return unknown == null
        ? null
        : unknown.isEmpty()
            ? LocalizedMessage.of("telegram.unread.empty")
            : LocalizedMessage.of("telegram.unread.unknown", StorableText.of(StorableText.truncate(unknown, 100)));
  }

  private @Nullable LenientJson chatRow() {
    return object.object("chat");
  }

  private ChatRef chat() {
    LenientJson chat = Objects.requireNonNull(chatRow());
    String title = chat.nonBlank("title") == null ? name(chat) : chat.nonBlank("title");
    return PeerKey.chat(String.valueOf(chat.text("type")), Objects.requireNonNull(chat.number("id")), title);
  }

  /** A sender chat takes precedence: the user beside it is only a placeholder of Telegram. */
  private Speaker author() {
    LenientJson sender = object.object("sender_chat");
    if (sender != null && sender.number("id") != null) {
      return speakingChat(sender);
    }
    LenientJson from = object.object("from");
    return from == null || from.number("id") == null ? speakingChat(Objects.requireNonNull(chatRow())) : user(from);
  }

  private static Speaker user(LenientJson from) {
    String first = from.nonBlank("first_name") == null ? from.nonBlank("username") : from.nonBlank("first_name");
    return new Speaker("user:" + from.number("id"), first == null ? "Unknown" : first, from.nonBlank("last_name"),
        from.nonBlank("username"), null, from.nonBlank("language_code"), from.isTrue("is_bot"), from.isTrue("is_premium"));
  }

  private static Speaker speakingChat(LenientJson chat) {
    String key = PeerKey.chat(String.valueOf(chat.text("type")), Objects.requireNonNull(chat.number("id")), null).externalId();
    String title = chat.nonBlank("title") == null ? name(chat) : chat.nonBlank("title");
    return new Speaker(key.replaceFirst("^group:", "chat:"), title == null ? "Unknown" : title, null,
        chat.nonBlank("username"), null, null, false, false);
  }

  private static @Nullable String name(LenientJson person) {
    String first = person.nonBlank("first_name");
    String last = person.nonBlank("last_name");
    return first == null ? person.nonBlank("username") : last == null ? first : first + " " + last;
  }

  /** Reply threads have a thread id too; only a forum topic is marked as one. */
  private @Nullable String thread() {
    return object.isTrue("is_topic_message") ? object.text("message_thread_id") : null;
  }

  private @Nullable String threadTitle() {
    LenientJson created = object.object("forum_topic_created");
    LenientJson edited = object.object("forum_topic_edited");
    LenientJson answered = object.object("reply_to_message");
    if (created == null && answered != null) {
      created = answered.object("forum_topic_created");
    }
    return thread() == null ? null : edited != null ? edited.nonBlank("name") : created == null ? null : created.nonBlank("name");
  }

  /** In a forum, a message that replies to no one is marked as a reply to the message that created the topic. */
  private @Nullable String replyTo() {
    LenientJson answered = object.object("reply_to_message");
    return answered == null || answered.object("forum_topic_created") != null ? null : answered.text("message_id");
  }

  private @Nullable String forwardedFrom() {
    LenientJson origin = object.object("forward_origin");
    LenientJson person = origin == null ? object.object("forward_from") : origin.object("sender_user");
    LenientJson chat = origin == null
        ? object.object("forward_from_chat")
        : origin.has("chat") ? origin.object("chat") : origin.object("sender_chat");
    if (person != null) {
      return name(person);
    }
    return chat != null
        ? chat.nonBlank("title")
        : origin == null ? object.nonBlank("forward_sender_name") : origin.nonBlank("sender_user_name");
  }
}
