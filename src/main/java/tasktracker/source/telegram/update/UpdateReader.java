package tasktracker.source.telegram.update;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.web.LocalizedMessage;
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
      @Nullable LenientJson membership, @Nullable LocalizedMessage unread, @Nullable LocalizedMessage ignored) {}

  /** A group was upgraded to a supergroup with a new key; message ids start again there. */
  public record Migration(String oldKey, String newKey, @Nullable String title) {}

  private static final List<String> MESSAGES = List.of("message", "edited_message", "channel_post",
      "edited_channel_post", "business_message", "edited_business_message");
  /** Kinds of updates without a message; each has a reason in the translation files. */
  static final Set<String> KNOWN = Set.of("callback_query", "inline_query", "message_reaction", "message_reaction_count",
      "guest_message", "poll", "my_chat_member", "chat_member", "deleted_business_messages");
  private static final int MAX_NAMES_LENGTH = 100;

  private UpdateReader() {}

  /** Parses one update. */
  public static ParsedUpdate parse(JsonObject update) {
    LenientJson object = new LenientJson(update);
    List<IncomingMessage> messages = new ArrayList<>();
    List<Migration> migrations = new ArrayList<>();
    LocalizedMessage rejected = null;
    LocalizedMessage unread = null;
    for (String key : MESSAGES) {
      LenientJson payload = object.object(key);
      if (payload != null) {
        BotMessage message = new BotMessage(payload);
        message.migration().ifPresent(migrations::add);
        rejected = message.rejectionReason() == null ? rejected : message.rejectionReason();
        Optional<IncomingMessage> read = message.parse();
        read.ifPresent(messages::add);
        unread = read.isPresent() && unread == null ? message.unreadableReason() : unread;
        rejected = read.isEmpty() && rejected == null ? LocalizedMessage.of("telegram.ignored.large") : rejected;
      }
    }
    List<ReactionChange> reactions = ReactionChange.parse(object);
    return new ParsedUpdate(List.copyOf(messages), List.copyOf(migrations), reactions, object.object("my_chat_member"), unread,
        !messages.isEmpty() || !migrations.isEmpty() || !reactions.isEmpty() ? null : rejected == null ? reason(object) : rejected);
  }

  private static LocalizedMessage reason(LenientJson object) {
    if (object.has("ok")) {
      return LocalizedMessage.of("telegram.ignored.answer");
    }
    if (object.has("message_id")) {
      return LocalizedMessage.of("telegram.ignored.bare");
    }
    Optional<String> noObject = MESSAGES.stream().filter(object::has).findFirst();
    return noObject.map(key -> LocalizedMessage.of("telegram.ignored.object", key)).orElseGet(() -> reason(object.json().keySet()));
  }

  private static LocalizedMessage reason(Set<String> kinds) {
    return kinds.stream().filter(KNOWN::contains).sorted().findFirst().map(kind -> LocalizedMessage.of("telegram.ignored." + kind))
        .orElseGet(() -> LocalizedMessage.of("telegram.ignored.unknown", unknown(kinds)));
  }

  private static String unknown(Set<String> kinds) {
    String names = String.join(", ", kinds.stream().filter(k -> !k.equals("update_id")).sorted().toList());
    return StorableText.of(StorableText.truncate(names, MAX_NAMES_LENGTH));
  }
}
