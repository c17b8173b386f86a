package tasktracker.message;

import java.util.List;
import java.util.UUID;

/**
 * A batch of messages was stored by an import, and a batch of texts with them; fired inside the transaction that
 * stores them.
 *
 * @param messages what was new, in the order of the import
 */
public record MessagesStored(UUID importId, List<Stored> messages) {

  /** One of them. */
  public record Stored(UUID id, String content) {}
}
