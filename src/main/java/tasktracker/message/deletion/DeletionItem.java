package tasktracker.message.deletion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the list of deletions.
 *
 * @param chats names of the chats of its first hundred messages
 * @param text first line of its first message, at most 200 characters; null when its texts are no longer stored
 */
public record DeletionItem(Deletion deletion, List<String> chats, @Nullable String text) {

  private static final int CHATS_SHOWN = 3;

  /** Names of up to three chats; empty when its messages were restored. */
  public String chatNames() {
    return String.join(", ", chats.subList(0, Math.min(CHATS_SHOWN, chats.size()))) + (chats.size() > CHATS_SHOWN ? ", …" : "");
  }

  /** Number of deleted messages beside the one whose text is shown. */
  public long others() {
    return Math.max(0, deletion.messages() - 1);
  }

  /** Whether it has deleted messages whose texts are no longer stored. */
  public boolean isPurged() {
    return text == null && !chats.isEmpty();
  }
}
