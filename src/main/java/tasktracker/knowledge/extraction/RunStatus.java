package tasktracker.knowledge.extraction;

import jakarta.persistence.EnumeratedValue;
import java.util.Set;

/** The status of an extraction run. */
public enum RunStatus {
  PENDING("pending"),
  RUNNING("running"),
  /** It stops after the batch that is at work. */
  CANCELLING("cancelling"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled");

  static final Set<RunStatus> ACTIVE = Set.of(PENDING, RUNNING, CANCELLING);

  @EnumeratedValue private final String wire;

  RunStatus(String wire) {
    this.wire = wire;
  }

  public String wire() {
    return wire;
  }
}
