package tasktracker.knowledge.atom;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** The status of an atom. */
public enum AtomStatus {
  /** It waits for a person's decision. */
  PENDING("pending"),
  APPROVED("approved"),
  /** Its text is never proposed again. */
  REJECTED("rejected"),
  /** It is true no longer, or of no use any more. */
  ARCHIVED("archived");

  @EnumeratedValue private final String wire;

  AtomStatus(String wire) {
    this.wire = wire;
  }

  /** Its name in the database, in JSON and in message keys. */
  public String wire() {
    return wire;
  }

  public static Optional<AtomStatus> of(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire.equals(wire)).findFirst();
  }
}
