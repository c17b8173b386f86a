package tasktracker.message;

import java.util.UUID;

/** What became of a message that came in. */
public record ReceiveResult(UUID messageId, Outcome outcome) {

  /** New, known already, known with another text, or deleted by somebody and therefore not kept. */
  public enum Outcome {
    STORED,
    DUPLICATE,
    REVISED,
    DELETED
  }
}
