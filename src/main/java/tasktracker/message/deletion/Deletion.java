package tasktracker.message.deletion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request that deleted messages.
 *
 * @param messageIds the selected messages; null when the filter selects them
 * @param filter the query of the list whose messages were all deleted; null for selected messages
 * @param messages how many messages are deleted so far
 * @param isUndoable whether the messages are still stored and can be restored
 */
public record Deletion(UUID id, @Nullable List<UUID> messageIds, @Nullable String filter, String status, long messages,
    String askedBy, Instant askedAt, boolean isUndoable) {

  /** Days for which a deletion can be undone. */
  public static final int DAYS_KEPT = 30;

  /** Whether this person may restore it: what a whole list was, only an administrator. */
  public boolean isUndoableBy(@Nullable Boolean isAdmin) {
    return isUndoable && (!isOfWholeList() || Boolean.TRUE.equals(isAdmin));
  }

  /** Whether it covers a whole list; only administrators may do and undo that. */
  public boolean isOfWholeList() {
    return filter != null;
  }

  /** Whether messages are being deleted or restored. */
  public boolean isInProgress() {
    return status.equals("deleting") || status.equals("restoring");
  }
}
