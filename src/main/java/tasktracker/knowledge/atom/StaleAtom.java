package tasktracker.knowledge.atom;

import java.util.UUID;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** An atom was changed after the caller saw it: it has to be looked at again before it is decided. */
public class StaleAtom extends Problem {

  private static final long serialVersionUID = 1L;
  private final UUID atomId;

  StaleAtom(UUID atomId) {
    super(409, "Conflict", LocalizedMessage.of("problem.atom.stale"));
    this.atomId = atomId;
  }

  public UUID atomId() {
    return atomId;
  }
}
