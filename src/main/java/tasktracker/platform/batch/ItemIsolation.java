package tasktracker.platform.batch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Isolates the items that make a batch fail. Only after a batch has failed is each of its items processed separately, so the
 * work is at most twice that of the batch.
 */
public final class ItemIsolation {

  private ItemIsolation() {}

  /**
   * Processes all items. Call it outside of a transaction, so that a failure has rolled back.
   *
   * @param work processes some of the items in a transaction of its own; idempotent, or without effect when it throws
   * @param onFailure receives an item that failed separately, with the exception
   * @return true when all items were processed as one batch; false when they were processed separately
   * @throws RuntimeException when the failure is not caused by an item, see {@link BatchFailure}; retry the batch then
   */
  public static <T> boolean run(List<T> items, Consumer<List<T>> work, BiConsumer<T, Throwable> onFailure) {
    try {
      work.accept(items);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      if (!FailureCause.isItem(e)) {
        throw e;
      }
      if (items.size() == 1) {
        onFailure.accept(items.getFirst(), e);
      } else {
        items.forEach(item -> runSingle(item, work, onFailure));
      }
      return false;
    }
  }

  private static <T> void runSingle(T item, Consumer<List<T>> work, BiConsumer<T, Throwable> onFailure) {
    try {
      work.accept(List.of(item));
    } catch (RuntimeException | StackOverflowError e) {
      if (!FailureCause.isItem(e)) {
        throw e;
      }
      onFailure.accept(item, e);
    }
  }
}
