package tasktracker.source.telegram;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.message.IncomingMessage.ChatRef;
import tasktracker.person.Speaker;
import tasktracker.platform.data.StorableText;
import tasktracker.source.LenientJson;

/** Reads a {@code Message} of the Bot API. */
record BotMessage(LenientJson row) {

  Optional<IncomingMessage> read() {
    return refusal() == null ? Optional.of(message()).filter(IncomingMessage::isStorable) : Optional.empty();
  }

  /** Why it cannot be kept, or null. */
  @Nullable String refusal() {
    if (chatRow() == null || chatRow().number("id") == null) {
      return "ignored, because the message tells no chat";
    }
    Long id = row.number("message_id");
    if (id == null || id == 0) {
      return "ignored, because the message has no id yet: it is scheduled";
    }
    Instant date = row.moment("date");
    return date == null || date.getEpochSecond() == 0 ? "ignored, because the message is not accessible to the bot" : null;
  }

  Optional<UpdateReader.Migration> migration() {
    Long to = row.number("migrate_to_chat_id");
    Long from = row.number("migrate_from_chat_id");
    if (refusal() != null || to == null && from == null) {
      return Optional.empty();
    }
    String here = chat().externalId();
    return Optional.of(to == null ? new UpdateReader.Migration(PeerKey.key(from), here, chat().title())
        : new UpdateReader.Migration(here, PeerKey.key(to), chat().title()));
  }

  private IncomingMessage message() {
    BotMessageContent content = content();
    return new IncomingMessage(chat(), String.valueOf(row.number("message_id")), author(),
        Objects.requireNonNull(row.moment("date")), row.moment("edit_date"), content.kind(), content.text(),
        content.entities(), thread(), threadTitle(), replyTo(), forwardedFrom(), row.text("media_group_id"), List.of());
  }

  private BotMessageContent content() {
    return BotMessageContent.of(row);
  }

  /** Why its content could not be read, or null when it could. */
  @Nullable String unread() {
    String unknown = content().unknown();
    return unknown == null ? null : unknown.isEmpty() ? "the message has no content that is known"
        : "the content is of a kind that is not known: " + StorableText.truncate(unknown, 100);
  }

  private @Nullable LenientJson chatRow() {
    return row.row("chat");
  }

  private ChatRef chat() {
    LenientJson chat = Objects.requireNonNull(chatRow());
    String title = chat.words("title") == null ? name(chat) : chat.words("title");
    return PeerKey.chat(String.valueOf(chat.text("type")), Objects.requireNonNull(chat.number("id")), title);
  }

  /** The chat in whose name it was said goes first: the user beside it is a stand-in of Telegram's. */
  private Speaker author() {
    LenientJson sender = row.row("sender_chat");
    if (sender != null && sender.number("id") != null) {
      return speakingChat(sender);
    }
    LenientJson from = row.row("from");
    return from == null || from.number("id") == null ? speakingChat(Objects.requireNonNull(chatRow())) : user(from);
  }

  private static Speaker user(LenientJson from) {
    String first = from.words("first_name") == null ? from.words("username") : from.words("first_name");
    return new Speaker("user:" + from.number("id"), first == null ? "Unknown" : first, from.words("last_name"),
        from.words("username"), null, from.words("language_code"), from.isTrue("is_bot"), from.isTrue("is_premium"));
  }

  private static Speaker speakingChat(LenientJson chat) {
    String key = PeerKey.chat(String.valueOf(chat.text("type")), Objects.requireNonNull(chat.number("id")), null).externalId();
    String title = chat.words("title") == null ? name(chat) : chat.words("title");
    return new Speaker(key.replaceFirst("^group:", "chat:"), title == null ? "Unknown" : title, null,
        chat.words("username"), null, null, false, false);
  }

  private static @Nullable String name(LenientJson person) {
    String first = person.words("first_name");
    String last = person.words("last_name");
    return first == null ? person.words("username") : last == null ? first : first + " " + last;
  }

  /** Plain threads of answers carry a thread id too; only a forum's topic is marked as one. */
  private @Nullable String thread() {
    return row.isTrue("is_topic_message") ? row.text("message_thread_id") : null;
  }

  private @Nullable String threadTitle() {
    LenientJson created = row.row("forum_topic_created");
    LenientJson edited = row.row("forum_topic_edited");
    LenientJson answered = row.row("reply_to_message");
    if (created == null && answered != null) {
      created = answered.row("forum_topic_created");
    }
    return thread() == null ? null : edited != null ? edited.words("name") : created == null ? null : created.words("name");
  }

  /** In a forum, what answers nobody is marked as an answer to the message that created the topic. */
  private @Nullable String replyTo() {
    LenientJson answered = row.row("reply_to_message");
    return answered == null || answered.row("forum_topic_created") != null ? null : answered.text("message_id");
  }

  private @Nullable String forwardedFrom() {
    LenientJson origin = row.row("forward_origin");
    LenientJson person = origin == null ? row.row("forward_from") : origin.row("sender_user");
    LenientJson chat = origin == null ? row.row("forward_from_chat") : origin.has("chat") ? origin.row("chat") : origin.row("sender_chat");
    if (person != null) {
      return name(person);
    }
    return chat != null ? chat.words("title")
        : origin == null ? row.words("forward_sender_name") : origin.words("sender_user_name");
  }
}
