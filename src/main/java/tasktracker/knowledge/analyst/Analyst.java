package tasktracker.knowledge.analyst;

/**
 * Finds topics and atoms in the messages of one chat. Implementations change nothing and may be called by several threads
 * at once. What they return is a proposal: the caller validates it before anything is stored.
 */
public interface Analyst {

  /** The name that is stored with everything that this analyst found, such as {@code builtin}. */
  String name();

  /**
   * Analyzes messages. The same input gives the same result.
   *
   * @throws RuntimeException when the messages could not be analyzed; the caller isolates and records them
   */
  Analysis analyze(AnalystInput input);
}
