package tasktracker.source.telegram;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group or channel that we are to listen to.
 *
 * @param chatId where its messages are; null before the first
 * @param botStatus what the bot is in it, as Telegram says: {@code administrator}, {@code member}, {@code left} …
 * @param addedBy who named it; null when Telegram told us that the bot was added
 */
public record TelegramGroup(UUID id, long telegramId, String kind, @Nullable String title, @Nullable String username,
    @Nullable String botStatus, @Nullable String problemText, @Nullable String addedBy, @Nullable UUID chatId,
    long messages, @Nullable Instant lastMessageAt) {

  public String name() {
    return title == null ? String.valueOf(telegramId) : title;
  }

  /** How well the bot hears what is said: all, some (privacy mode), none, or unknown. */
  public String hears(@Nullable Boolean readsAll) {
    return switch (botStatus) {
      case "administrator", "creator" -> "all";
      case "member", "restricted" -> kind.equals("channel") ? "none" : Boolean.TRUE.equals(readsAll) ? "all" : "some";
      case "left", "kicked" -> "none";
      case null, default -> "unknown";
    };
  }
}
