package tasktracker.source.format;

import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.StorableText;

/** One entry of a transcript. */
public sealed interface TranscriptEntry {

  /** A message that can be stored. */
  record Parsed(IncomingMessage message) implements TranscriptEntry {}

  /** The message, or a skipped entry when it is too long to be stored. */
  static TranscriptEntry of(IncomingMessage message) {
    return message.isStorable() ? new Parsed(message) : Skipped.TOO_LARGE;
  }

  /** Approximate memory use in bytes. */
  default int estimatedBytes() {
    return this instanceof Parsed said ? said.message().estimatedBytes() : this instanceof Unreadable ? 1_000 : 100;
  }

  /**
   * An entry that is not stored.
   *
   * @param kind kind of the entry, such as {@code unsupported}
   * @param fault whether it is an error in the file: something required is missing or invalid
   */
  record Skipped(String kind, boolean fault) implements TranscriptEntry {

    /** A message that is larger than any that people write. */
    public static final Skipped TOO_LARGE = new Skipped("too_large", true);
  }

  /**
   * A part of the file that could not be read: a chat of an account, a day of a conversation, a line. The other parts
   * are read.
   *
   * @param name the part's name in the file
   * @param why the reason
   */
  record Unreadable(String name, UnreadableFile why) implements TranscriptEntry {

    private static final int MAX_NAME_LENGTH = 100;

    public Unreadable {
      name = StorableText.of(StorableText.truncate(name, MAX_NAME_LENGTH));
    }
  }

  /** Whether it should contain messages and cannot be stored. */
  default boolean isFault() {
    return this instanceof Unreadable || this instanceof Skipped s && s.fault();
  }
}
