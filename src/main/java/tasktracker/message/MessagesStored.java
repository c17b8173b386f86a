package tasktracker.message;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch of messages was stored by an import or restored after a deletion; fired inside the transaction that stores
 * them.
 *
 * @param importId the import; null for restored messages
 * @param messages the new messages, in the order of the import
 */
public record MessagesStored(@Nullable UUID importId, List<Stored> messages) {

  /** One of them. */
  public record Stored(UUID id, String content) {}
}
