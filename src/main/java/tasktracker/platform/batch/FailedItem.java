package tasktracker.platform.batch;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item that was set aside while the rest of its batch was done.
 *
 * @param kind what could not be done with it, such as {@code score_message}
 * @param item which one it is among those of its kind: the id of a message, or import and line
 * @param messageId the message it is about, or null when there is none (yet)
 * @param importId the import it came with, or null
 * @param error what it threw, bounded
 * @param attempts how often it has failed
 * @param retryAt when it is tried again by itself, or null when it waits for a person
 */
public record FailedItem(UUID id, String kind, String item, @Nullable UUID messageId, @Nullable UUID importId, String error, int attempts,
    Instant firstFailedAt, Instant lastFailedAt, @Nullable Instant retryAt) {

  /** Kinds that have words of their own, {@code jobs.failed.kind.<kind>} and {@code jobs.failed.said.<kind>}. */
  private static final Set<String> WITH_WORDS = Set.of("score_message", "reclassify_message", "embed_message", "import_message", "index_message");

  /** The kind as words know it; {@code other} for one of a later release, after a rollback. */
  public String words() {
    return WITH_WORDS.contains(kind) ? kind : "other";
  }
}
