package tasktracker.source;

import jakarta.persistence.EnumeratedValue;
import java.util.Locale;
import java.util.Set;

/** The life of an import. */
public enum ImportStatus {
  /** The file is still coming in. */
  UPLOADING("uploading"),
  /** The file is read once through, without storing anything. */
  REHEARSING("rehearsing"),
  /** It is known what would happen; somebody decides. */
  READY("ready"),
  /** Waits for a worker. */
  PENDING("pending"),
  RUNNING("running"),
  COMPLETED("completed"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  /** What it stored is being taken away. */
  UNDOING("undoing"),
  UNDONE("undone");

  /** From these it may be started; from failed and cancelled it goes on where it stopped. */
  static final Set<ImportStatus> STARTABLE = Set.of(READY, FAILED, CANCELLED);
  static final Set<ImportStatus> CANCELLABLE = Set.of(REHEARSING, READY, PENDING, RUNNING);
  static final Set<ImportStatus> UNDOABLE = Set.of(COMPLETED, FAILED, CANCELLED);
  static final Set<ImportStatus> TAKEN_BACK = Set.of(UNDOING, UNDONE);
  static final Set<ImportStatus> MOVING = Set.of(REHEARSING, PENDING, RUNNING, UNDOING);

  @EnumeratedValue private final String wire;

  ImportStatus(String wire) {
    this.wire = wire;
  }

  /** Its name in the database, in JSON and in the words of pages. */
  public String wire() {
    return wire;
  }

  static ImportStatus of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
