package tasktracker.source.telegram;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.source.LenientJson;

/** Reads an {@code TelegramUpdate} of Telegram's Bot API. Whatever it does not know is told as ignored, never as a failure. */
public final class UpdateReader {

  /** Raised when the reader understands more than before: what is kept is then read once again. */
  static final int VERSION = 1;

  /**
   * What an update says.
   *
   * @param messages the messages in it; the Bot API promises one payload, but several are read as well
   * @param migrations groups that turned into supergroups
   * @param reactions emoji that were chosen or taken back
   * @param membership how the bot's own membership changed, or null
   * @param unread why the content of a message in it could not be read, or null when it could
   * @param ignored why nothing is kept, or null when something is
   */
  public record Reading(List<IncomingMessage> messages, List<Migration> migrations, List<ReactionChange> reactions,
      @Nullable LenientJson membership, @Nullable String unread, @Nullable String ignored) {}

  /** A group of the old key goes on as a supergroup of the new key; message ids begin anew there. */
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

  /** Reads one update. */
  public static Reading read(JsonObject update) {
    LenientJson row = new LenientJson(update);
    List<IncomingMessage> messages = new ArrayList<>();
    List<Migration> migrations = new ArrayList<>();
    String refused = null;
    String unread = null;
    for (String key : MESSAGES) {
      LenientJson payload = row.row(key);
      if (payload != null) {
        BotMessage message = new BotMessage(payload);
        message.migration().ifPresent(migrations::add);
        refused = message.refusal() == null ? refused : message.refusal();
        Optional<IncomingMessage> read = message.read();
        read.ifPresent(messages::add);
        unread = read.isPresent() && unread == null ? message.unread() : unread;
        refused = read.isEmpty() && refused == null ? "ignored, because the message is larger than any that people write" : refused;
      }
    }
    List<ReactionChange> reactions = ReactionChange.in(row);
    return new Reading(List.copyOf(messages), List.copyOf(migrations), reactions, row.row("my_chat_member"), unread,
        !messages.isEmpty() || !migrations.isEmpty() || !reactions.isEmpty() ? null : refused == null ? reason(row) : refused);
  }

  private static String reason(LenientJson row) {
    if (row.has("ok")) {
      return "ignored, because this is an answer of the Bot API, not an update";
    }
    if (row.has("message_id")) {
      return "ignored, because this is a bare message; an update wraps it and has an update_id";
    }
    Set<String> kinds = row.json().keySet();
    return kinds.stream().filter(KNOWN::containsKey).sorted().findFirst()
        .map(kind -> "ignored, because " + KNOWN.get(kind) + " (" + kind + ")")
        .orElseGet(() -> "ignored, because this kind of update is not known: " + unknown(kinds));
  }

  private static String unknown(Set<String> kinds) {
    String names = String.join(", ", kinds.stream().filter(k -> !k.equals("update_id")).sorted().toList());
    return names.length() > 100 ? names.substring(0, 100) : names;
  }
}
