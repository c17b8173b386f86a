package tasktracker.source;

import tasktracker.message.IncomingMessage;

/** One entry of a transcript. */
public sealed interface Line {

  /** A message to keep. */
  record Said(IncomingMessage message) implements Line {}

  /**
   * An entry that cannot be kept.
   *
   * @param kind what sort of entry, a word such as {@code unsupported}
   * @param fault whether the file is to blame: something that should be there is missing or senseless
   */
  record Skipped(String kind, boolean fault) implements Line {}
}
