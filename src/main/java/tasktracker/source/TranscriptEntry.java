package tasktracker.source;

import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.StorableText;

/** One entry of a transcript. */
public sealed interface TranscriptEntry {

  /** A message to keep. */
  record Said(IncomingMessage message) implements TranscriptEntry {}

  /** The message, or that it is left out because it is too long to be kept. */
  static TranscriptEntry of(IncomingMessage message) {
    return message.isStorable() ? new Said(message) : Skipped.TOO_LARGE;
  }

  /** About how many bytes of memory it takes. */
  default int weight() {
    return this instanceof Said said ? said.message().weight() : this instanceof Unreadable ? 1_000 : 100;
  }

  /**
   * An entry that cannot be kept.
   *
   * @param kind what sort of entry, a word such as {@code unsupported}
   * @param fault whether the file is to blame: something that should be there is missing or senseless
   */
  record Skipped(String kind, boolean fault) implements TranscriptEntry {

    /** A message that is larger than any that people write. */
    public static final Skipped TOO_LARGE = new Skipped("too_large", true);
  }

  /**
   * A part of the file that could not be read: a chat of an account, a day of a conversation, a line. The others are.
   *
   * @param name the part's name in the file
   * @param why what is wrong with it
   */
  record Unreadable(String name, UnreadableFile why) implements TranscriptEntry {

    private static final int LONGEST_NAME = 100;

    public Unreadable {
      name = StorableText.of(StorableText.truncate(name, LONGEST_NAME));
    }
  }

  /** Whether it should have been a message, or messages, and cannot be kept. */
  default boolean isFault() {
    return this instanceof Unreadable || this instanceof Skipped s && s.fault();
  }
}
