package tasktracker.source;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes an import back: at once when it is small, by a job when it takes longer than people like to wait. */
@ApplicationScoped
public class ImportUndoer {

  private static final long PATIENCE_NS = Duration.ofSeconds(3).toNanos();
  private @Nullable Imports imports;

  protected ImportUndoer() {}

  @Inject
  public ImportUndoer(Imports imports) {
    this.imports = imports;
  }

  /** True when it is done, false when a job goes on with it. */
  public boolean begin(UUID id) {
    imports.undo(id);
    long until = System.nanoTime() + PATIENCE_NS;
    boolean done = false;
    while (!done && System.nanoTime() < until) {
      done = imports.undoSome(id);
    }
    return done;
  }
}
