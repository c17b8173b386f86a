package tasktracker.source;

import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import java.util.Set;

/** The status of an import. */
public enum ImportStatus {
  /** The file is being uploaded. */
  UPLOADING("uploading"),
  /** The file is read without storing anything. */
  DRY_RUN("rehearsing"),
  /** The dry run is finished; a person decides. */
  READY("ready"),
  /** It waits for a worker. */
  PENDING("pending"),
  RUNNING("running"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  /** Its messages are being deleted. */
  UNDOING("undoing"),
  UNDONE("undone");

  /** In these it can be started; a failed or cancelled import resumes where it stopped. */
  static final Set<ImportStatus> STARTABLE = Set.of(READY, FAILED, CANCELLED);
  static final Set<ImportStatus> CANCELLABLE = Set.of(DRY_RUN, READY, PENDING, RUNNING);
  static final Set<ImportStatus> UNDOABLE = Set.of(COMPLETED, FAILED, CANCELLED);
  static final Set<ImportStatus> UNDONE_OR_UNDOING = Set.of(UNDOING, UNDONE);
  static final Set<ImportStatus> IN_PROGRESS = Set.of(DRY_RUN, PENDING, RUNNING, UNDOING);

  @EnumeratedValue private final String wire;

  ImportStatus(String wire) {
    this.wire = wire;
  }

  /** Its name in the database, in JSON and in message keys. */
  public String wire() {
    return wire;
  }

  static ImportStatus of(String wire) {
    return Arrays.stream(values()).filter(status -> status.wire.equals(wire)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(wire));
  }
}
