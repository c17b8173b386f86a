package tasktracker.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a dry run: what an import would do, found by reading its file once.
 *
 * @param lines number of entries of any kind
 * @param messages number of messages that can be stored
 * @param duplicates number of them that are already stored, or were and have been deleted, or occurred before in the file
 * @param faults number of entries that should be messages and cannot be stored
 * @param authors number of authors, at most twenty thousand
 * @param skipped number of skipped entries by kind
 * @param chats the chats, the largest first
 * @param topAuthors the authors with the most messages
 * @param unreadableParts the first hundred parts of the file that could not be read; null when an earlier release read
 *     it
 */
public record DryRun(long lines, long messages, long duplicates, long faults, long authors,
    @Nullable Instant firstSentAt, @Nullable Instant lastSentAt, Map<String, Long> skipped, List<ChatCount> chats,
    List<AuthorCount> topAuthors, @Nullable List<UnreadablePart> unreadableParts) {

  /**
   * A part that could not be read.
   *
   * @param name of a chat, a file in the archive, or the number of a line
   * @param reason in English, for API clients
   */
  public record UnreadablePart(String name, String reason) {}

  /** Counts of one chat. */
  public record ChatCount(String key, String title, String kind, long messages, long duplicates,
      @Nullable Instant firstSentAt, @Nullable Instant lastSentAt) {}

  /** Count of one author. */
  public record AuthorCount(String name, long messages) {}

  /** Number of messages that would be stored. */
  public long newMessages() {
    return messages - duplicates;
  }
}
