package tasktracker.platform.batch;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of a batch that failed while the rest of the batch was finished.
 *
 * @param kind the kind of work that failed, such as {@code score_message}
 * @param item identifies the item within its kind: the id of a message, or an import and a line
 * @param messageId the message, or null when there is none yet
 * @param importId the import that the item belongs to, or null
 * @param error the exception as text, of bounded length
 * @param attempts how often it has failed
 * @param retryAt time of the next automatic retry, or null when it can only be retried manually
 */
public record FailedItem(UUID id, String kind, String item, @Nullable UUID messageId, @Nullable UUID importId, String error, int attempts,
    Instant firstFailedAt, Instant lastFailedAt, @Nullable Instant retryAt) {

  /** The line of an item of an import, whose name ends with it. */
  public String line() {
    return item.substring(item.indexOf(':') + 1);
  }
}
