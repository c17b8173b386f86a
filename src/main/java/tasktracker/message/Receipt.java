package tasktracker.message;

import java.util.UUID;

/** What became of a message that came in. */
public record Receipt(UUID messageId, Outcome outcome) {

  /** New, known already, or known with another text. */
  public enum Outcome {
    STORED,
    DUPLICATE,
    REVISED
  }
}
