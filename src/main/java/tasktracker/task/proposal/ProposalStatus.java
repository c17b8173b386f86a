package tasktracker.task.proposal;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;

/** The status of a proposal. */
public enum ProposalStatus {
  /** It waits for a person's decision. */
  PENDING("pending"),
  /** It became a task. */
  APPROVED("approved"),
  /** What it says is never proposed again. */
  REJECTED("rejected"),
  /** Its words belong to a task that existed. */
  MERGED("merged");

  @EnumeratedValue private final String wire;

  ProposalStatus(String wire) {
    this.wire = wire;
  }

  /** Its name in the database, in JSON and in message keys. */
  public String wire() {
    return wire;
  }

  public static Optional<ProposalStatus> of(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire.equals(wire)).findFirst();
  }
}
