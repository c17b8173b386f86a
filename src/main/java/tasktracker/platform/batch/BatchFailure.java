package tasktracker.platform.batch;

/**
 * Marks exceptions that are not caused by a single item, such as a model that does not answer. The whole batch fails with
 * them and is retried.
 */
public interface BatchFailure {

  /** False for a special case that is caused by a single item. */
  default boolean isOfBatch() {
    return true;
  }
}
