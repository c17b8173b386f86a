package tasktracker.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import would do, found out by reading its file once through.
 *
 * @param lines entries of any kind
 * @param messages those that can be kept
 * @param duplicates of them, how many are there already
 * @param faults entries that should have been messages
 * @param authors how many people speak; of more than twenty thousand it tells that many
 * @param skipped how many entries of each kind cannot be kept
 * @param chats the chats, the largest first
 * @param topAuthors those who speak most
 * @param unreadableParts the first hundred parts of the file that could not be read, while the others were; null when it
 *     was read by a release that did not tell
 */
public record DryRun(long lines, long messages, long duplicates, long faults, long authors,
    @Nullable Instant firstSentAt, @Nullable Instant lastSentAt, Map<String, Long> skipped, List<ChatCount> chats,
    List<AuthorCount> topAuthors, @Nullable List<UnreadablePart> unreadableParts) {

  /**
   * A part that could not be read.
   *
   * @param name of a chat, a file in the archive, or the number of a line
   * @param reason in English, as programs are told it
   */
  public record UnreadablePart(String name, String reason) {}


  /** How much one chat brings. */
  public record ChatCount(String key, String title, String kind, long messages, long duplicates,
      @Nullable Instant firstSentAt, @Nullable Instant lastSentAt) {}

  /** How much one person said. */
  public record AuthorCount(String name, long messages) {}

  /** How many would be stored. */
  public long fresh() {
    return messages - duplicates;
  }
}
