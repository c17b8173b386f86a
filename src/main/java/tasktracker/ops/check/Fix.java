package tasktracker.ops.check;

/**
 * A safe repair that an administrator may apply.
 *
 * @param verb one of {@link Fixes}
 * @param target what to repair: an id, a job kind, or a session number; empty for the whole system
 */
public record Fix(String verb, String target) {

  /** Whether it ends somebody's work. */
  public boolean endsWork() {
    return "end-session".equals(verb) || "cancel-job".equals(verb);
  }
}
