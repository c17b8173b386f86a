package tasktracker.source.telegram;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group or channel whose messages are received.
 *
 * @param chatId the chat of its messages; null before the first message
 * @param botStatus the bot's membership status: {@code administrator}, {@code member}, {@code left} …
 * @param addedBy who added it; null when Telegram reported that the bot was added
 */
public record TelegramGroup(UUID id, long telegramId, String kind, @Nullable String title, @Nullable String username,
    @Nullable String botStatus, @Nullable String problemText, @Nullable String addedBy, @Nullable UUID chatId,
    long messages, @Nullable Instant lastMessageAt) {

  public String name() {
    return title == null ? String.valueOf(telegramId) : title;
  }

  /** Its public name with its sign, or its number. */
  public String handle() {
    return username == null ? String.valueOf(telegramId) : "@" + username;
  }

  /** Which messages the bot receives: all, some (privacy mode), none, or unknown. */
  public String visibility(@Nullable Boolean readsAll) {
    return switch (botStatus) {
      case "administrator", "creator" -> "all";
      case "member", "restricted" -> kind.equals("channel") ? "none" : Boolean.TRUE.equals(readsAll) ? "all" : "some";
      case "left", "kicked" -> "none";
      case null, default -> "unknown";
    };
  }
}
