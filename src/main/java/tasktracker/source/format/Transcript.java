package tasktracker.source.format;

import org.jspecify.annotations.Nullable;

/** The messages of a file, read one after another; only a few are in memory. */
public interface Transcript extends AutoCloseable {

  /**
   * The next entry, or null after the last. The same file always returns the same entries in the same order, so that
   * their number is a position to resume from.
   *
   * @throws UnreadableFile when the file is damaged or has another format; contains the position
   */
  @Nullable
  TranscriptEntry next();

  @Override
  void close();
}
