package tasktracker.message;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages that somebody deleted in one go.
 *
 * @param messageIds those that were chosen, or null when a filter tells them
 * @param filter the query of the list that was deleted whole, or null
 * @param messages how many are gone so far
 * @param isUndoable whether what they said is still kept
 */
public record Deletion(UUID id, @Nullable List<UUID> messageIds, @Nullable String filter, String status, long messages,
    String askedBy, Instant askedAt, boolean isUndoable) {

  /** For how many days a deletion can be undone. */
  public static final int DAYS_KEPT = 30;

  /** Whether it took all that a list held, which only administrators decide, and only they undo. */
  public boolean isWhole() {
    return filter != null;
  }

  /** Whether somebody is still at it. */
  public boolean isMoving() {
    return status.equals("deleting") || status.equals("restoring");
  }
}
