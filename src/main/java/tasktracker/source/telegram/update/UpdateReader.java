package tasktracker.source.telegram.update;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.source.format.LenientJson;
import tasktracker.source.telegram.ReactionChange;

/** Parses an {@code TelegramUpdate} of Telegram's Bot API. Unknown content is reported as ignored and is never a failure. */
public final class UpdateReader {

  /** Incremented when the parser understands more than before; stored updates are then parsed again. */
  static final int VERSION = 2;

  /**
   * The content of an update.
   *
   * @param messages its messages; the Bot API documents one per update, several are accepted
   * @param migrations groups that were upgraded to supergroups
   * @param reactions changed reactions
   * @param membership the change of the bot's own membership, or null
   * @param unread why the content of a message could not be parsed, or null when it could
   * @param ignored why nothing is stored, or null when something is
   */
  public record ParsedUpdate(List<IncomingMessage> messages, List<Migration> migrations, List<ReactionChange> reactions,
      @Nullable LenientJson membership, @Nullable String unread, @Nullable String ignored) {}

  /** A group was upgraded to a supergroup with a new key; message ids start again there. */
  public record Migration(String oldKey, String newKey, @Nullable String title) {}

  private static final List<String> MESSAGES = List.of("message", "edited_message", "channel_post",
      "edited_channel_post", "business_message", "edited_business_message");
  private static final Map<String, String> KNOWN = Map.of(
      "callback_query", "a button was pressed", "inline_query", "an inline query is not a message",
      "message_reaction", "this reaction names no message",
      "message_reaction_count", "these counts name no message",
      "guest_message", "the bot was called as a guest", "poll", "the state of a poll changed",
      "my_chat_member", "the bot's own membership changed", "chat_member", "a membership changed",
      "deleted_business_messages", "what was kept stays as evidence");

  private UpdateReader() {}

  /** Parses one update. */
  public static ParsedUpdate parse(JsonObject update) {
    LenientJson object = new LenientJson(update);
    List<IncomingMessage> messages = new ArrayList<>();
    List<Migration> migrations = new ArrayList<>();
    String rejected = null;
    String unread = null;
    for (String key : MESSAGES) {
      LenientJson payload = object.object(key);
      if (payload != null) {
        BotMessage message = new BotMessage(payload);
        message.migration().ifPresent(migrations::add);
        rejected = message.rejectionReason() == null ? rejected : message.rejectionReason();
        Optional<IncomingMessage> read = message.parse();
        read.ifPresent(messages::add);
        unread = read.isPresent() && unread == null ? message.unreadableReason() : unread;
        rejected = read.isEmpty() && rejected == null ? "ignored, because the message is larger than any that people write" : rejected;
      }
    }
    List<ReactionChange> reactions = ReactionChange.parse(object);
    return new ParsedUpdate(List.copyOf(messages), List.copyOf(migrations), reactions, object.object("my_chat_member"), unread,
        !messages.isEmpty() || !migrations.isEmpty() || !reactions.isEmpty() ? null : rejected == null ? reason(object) : rejected);
  }

  private static String reason(LenientJson object) {
    if (object.has("ok")) {
      return "ignored, because this is an answer of the Bot API, not an update";
    }
    if (object.has("message_id")) {
      return "ignored, because this is a bare message; an update wraps it and has an update_id";
    }
    Set<String> kinds = object.json().keySet();
    return kinds.stream().filter(KNOWN::containsKey).sorted().findFirst()
        .map(kind -> "ignored, because " + KNOWN.get(kind) + " (" + kind + ")")
        .orElseGet(() -> "ignored, because this kind of update is not known: " + unknown(kinds));
  }

  private static String unknown(Set<String> kinds) {
    String names = String.join(", ", kinds.stream().filter(k -> !k.equals("update_id")).sorted().toList());
    return names.length() > 100 ? names.substring(0, 100) : names;
  }
}
