package tasktracker.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A single message was stored by the webhook or the API; fired inside the transaction that stores it. Contains what
 * observers need, so that they need no query.
 */
public record MessageReceived(
    UUID messageId,
    String externalId,
    UUID sourceId,
    String sourceName,
    UUID chatId,
    @Nullable String chatTitle,
    UUID authorId,
    String authorName,
    String content,
    Instant sentAt) {}
