package tasktracker.message;

import java.util.UUID;

/** The result of receiving a message. */
public record ReceiveResult(UUID messageId, Outcome outcome) {

  /** New, already stored, stored with another text, or deleted and therefore rejected. */
  public enum Outcome {
    STORED,
    DUPLICATE,
    REVISED,
    DELETED
  }
}
