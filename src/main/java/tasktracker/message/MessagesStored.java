package tasktracker.message;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch of messages was stored by an import, or came back after they had been deleted; fired inside the transaction
 * that stores them.
 *
 * @param importId the import, or null for messages that came back
 * @param messages what was new, in the order of the import
 */
public record MessagesStored(@Nullable UUID importId, List<Stored> messages) {

  /** One of them. */
  public record Stored(UUID id, String content) {}
}
