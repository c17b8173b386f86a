package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Undoes an import: immediately when it is small, otherwise by a job. */
@ApplicationScoped
public class ImportUndoer {

  private static final long MAX_WAIT_NS = Duration.ofSeconds(3).toNanos();
  private final Imports imports;

  @Inject
  public ImportUndoer(Imports imports) {
    this.imports = imports;
  }

  /** Returns true when it is finished, false when a job continues. */
  public boolean start(UUID id) {
    imports.undo(id);
    long until = System.nanoTime() + MAX_WAIT_NS;
    boolean done = false;
    while (!done && System.nanoTime() < until) {
      done = imports.undoBatch(id);
    }
    return done;
  }
}
