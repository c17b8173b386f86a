package tasktracker.source;

import tasktracker.message.IncomingMessage;

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
    return this instanceof Said said ? said.message().weight() : 100;
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
}
