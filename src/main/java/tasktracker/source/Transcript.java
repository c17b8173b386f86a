package tasktracker.source;

import org.jspecify.annotations.Nullable;

/** The messages of a file, told one after another; never more than a handful are in memory. */
public interface Transcript extends AutoCloseable {

  /**
   * The next line, or null after the last. The same file always tells the same lines in the same order, so that a
   * count of lines is a place to resume from.
   *
   * @throws UnreadableFile when the file is broken or of another format; says where
   */
  @Nullable TranscriptEntry next();

  @Override
  void close();
}
