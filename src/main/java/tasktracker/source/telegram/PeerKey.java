package tasktracker.source.telegram;

import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage.ChatKind;
import tasktracker.message.IncomingMessage.ChatRef;

/**
 * Keys of Telegram users and chats, the same for the Bot API and for exports: {@code user:ID}, {@code group:ID}, {@code
 * channel:ID} with the bare positive id; a supergroup is a channel.
 */
public final class PeerKey {

  private static final long CHANNEL_BASE = 1_000_000_000_000L;

  private PeerKey() {}

  /**
   * A chat by its type and id. The id is bare as in exports, or has the sign and base of the Bot API, which other
   * programs also write into exports.
   */
  public static ChatRef chat(String type, long id, @Nullable String title) {
    long bare = id < -CHANNEL_BASE ? -id - CHANNEL_BASE : Math.abs(id);
    ChatKind kind = kind(type);
    return new ChatRef(prefix(kind) + bare, kind, title);
  }

  /** The key of a Bot API id whose type is unknown. */
  public static String key(long id) {
    if (id > 0) {
      return "user:" + id;
    }
    return id < -CHANNEL_BASE ? "channel:" + (-id - CHANNEL_BASE) : "group:" + -id;
  }

  /** The key of an author as exports write it: {@code user123}, in very old exports {@code 123}. */
  public static @Nullable String speaker(@Nullable String exported) {
    if (exported == null) {
      return null;
    }
    String digits = exported.replaceFirst("^(user|chat|channel)", "");
    if (!digits.matches("-?\\d{1,18}")) {
      return null;
    }
    String word = exported.substring(0, exported.length() - digits.length());
    return (word.isEmpty() ? "user" : word) + ":" + digits;
  }

  private static ChatKind kind(String type) {
    return switch (type) {
      case "private", "personal_chat", "bot_chat", "saved_messages", "replies", "verify_codes" -> ChatKind.PRIVATE;
      case "group", "private_group" -> ChatKind.GROUP;
      case "supergroup", "private_supergroup", "public_supergroup" -> ChatKind.SUPERGROUP;
      case "channel", "private_channel", "public_channel" -> ChatKind.CHANNEL;
      default -> guessed(type);
    };
  }

  private static ChatKind guessed(String type) {
    if (type.contains("supergroup") || type.contains("forum")) {
      return ChatKind.SUPERGROUP;
    }
    return type.contains("channel") ? ChatKind.CHANNEL : type.contains("group") ? ChatKind.GROUP : ChatKind.OTHER;
  }

  private static String prefix(ChatKind kind) {
    return switch (kind) {
      case GROUP -> "group:";
      case SUPERGROUP, CHANNEL -> "channel:";
      case PRIVATE -> "user:";
      case OTHER -> "other:";
    };
  }
}
