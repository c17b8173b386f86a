package tasktracker.task.analysis;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The status of an analysis run. */
public enum AnalysisRunStatus {
  PENDING("pending"),
  RUNNING("running"),
  /** All messages were read; proposals wait for a decision. */
  COMPLETED("completed"),
  /** All proposals are decided. */
  REVIEWED("reviewed"),
  CLOSED("closed"),
  FAILED("failed"),
  CANCELLED("cancelled");

  /** A worker reads messages, or will. */
  static final Set<AnalysisRunStatus> ACTIVE = Set.of(PENDING, RUNNING);

  @EnumeratedValue private final String wire;

  AnalysisRunStatus(String wire) {
    this.wire = wire;
  }

  /** Its name in the database, in JSON and in message keys. */
  public String wire() {
    return wire;
  }

  public static Optional<AnalysisRunStatus> of(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire.equals(wire)).findFirst();
  }
}
