package tasktracker.platform.batch;

import java.util.List;

/**
 * Retries the failed items of one kind; a CDI bean of the package whose batches record them. {@link #retry} processes each
 * item again, in transactions of its own, and records items that fail again by {@link FailedItems#record}. Items that it
 * does not record are done or no longer needed, and are removed from the list.
 */
public interface FailedItemHandler {

  /** The kind under which its items are recorded. Its translations are named by {@link FailedItemKinds}. */
  String failedKind();

  /** @param items at most 100 items of the kind */
  void retry(List<FailedItem> items);
}
