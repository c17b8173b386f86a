package tasktracker.platform.batch;

import java.util.List;

/**
 * Retries the failed items of one kind; a CDI bean of the package whose batches set them aside. Its {@link #retry} does
 * each again, in transactions of its own; an item that fails again it records again by {@link FailedItems#record}.
 * Whatever it does not record is taken for done, or for not needed any more, and leaves the list.
 */
public interface FailedItemHandler {

  /** The kind, as its items are recorded; its words are named by {@link FailedItem#words}. */
  String failedKind();

  /** @param items at most a hundred of the kind */
  void retry(List<FailedItem> items);
}
