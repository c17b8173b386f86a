package tasktracker.platform.batch;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds the items that fail a batch. The batch is done as one as long as that goes well; only after it has failed each
 * of its items is done alone, so the work is at most twice that of a batch.
 */
public final class ItemIsolation {

  private ItemIsolation() {}

  /**
   * Does the work on all items; those that cannot be done are handed over with what they threw. Call it outside of a
   * transaction: what fails must have rolled back.
   *
   * @param work does some of the items in a transaction of its own; idempotent, or without any effect when it throws
   * @param setAside keeps an item that failed alone
   * @return true when all items were done at once; false when each was done alone
   * @throws RuntimeException when the failure is no item's, see {@link BatchFailure}; the batch is then to be tried again
   */
  public static <T> boolean run(List<T> items, Consumer<List<T>> work, BiConsumer<T, Throwable> setAside) {
    try {
      work.accept(items);
      return true;
    } catch (RuntimeException | StackOverflowError e) {
      if (!FailureCause.isItem(e)) {
        throw e;
      }
      if (items.size() == 1) {
        setAside.accept(items.getFirst(), e);
      } else {
        items.forEach(item -> alone(item, work, setAside));
      }
      return false;
    }
  }

  private static <T> void alone(T item, Consumer<List<T>> work, BiConsumer<T, Throwable> setAside) {
    try {
      work.accept(List.of(item));
    } catch (RuntimeException | StackOverflowError e) {
      if (!FailureCause.isItem(e)) {
        throw e;
      }
      setAside.accept(item, e);
    }
  }
}
