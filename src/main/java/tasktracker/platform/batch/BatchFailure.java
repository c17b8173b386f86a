package tasktracker.platform.batch;

/**
 * Marks exceptions that are no single item's fault, such as a model that does not answer: the whole batch fails with them
 * and is tried again.
 */
public interface BatchFailure {

  /** False for a special case that is one item's fault after all. */
  default boolean isOfBatch() {
    return true;
  }
}
