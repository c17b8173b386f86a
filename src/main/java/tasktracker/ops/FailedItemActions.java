package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.RetryFailedItems;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Queue;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/** Actions on failed items, for the page and the API, with their audit records. */
@RequestScoped
public class FailedItemActions {

  /** Without a unique key: one that runs may be past the items that become due now. */
  private static final Jobs.Options RETRY = Jobs.Options.on(Queue.DEFAULT);

  @Inject FailedItems failedItems;
  @Inject Jobs jobs;
  @Inject Audit audit;

  /**
   * A page of failed items, the latest first.
   *
   * @param next the {@code before} of the next page, or null after the last
   */
  public record Page(List<FailedItem> items, @Nullable UUID next, long total) {}

  Page page(@Nullable String kind, @Nullable UUID before, int limit) {
    List<FailedItem> found = failedItems.list(kind, before, limit + 1);
    List<FailedItem> shown = found.subList(0, Math.min(limit, found.size()));
    return new Page(shown, found.size() > limit ? shown.getLast().id() : null,
        kind == null ? failedItems.count() : failedItems.count(kind));
  }

  /**
   * Schedules the retry of a failed item at once.
   *
   * @throws Problem 404 when the item does not exist
   */
  @Transactional
  FailedItem retry(UUID id) {
    FailedItem item = failedItems.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.failed_item")));
    failedItems.retry(id);
    jobs.enqueue(new RetryFailedItems(), RETRY);
    audit.record("failed_item.retried", "failed_item", id, Map.of("kind", item.kind(), "item", item.item()));
    return item;
  }

  /** Schedules the retry of all failed items, of one kind or of all kinds. @return number of items */
  @Transactional
  int retryAll(@Nullable String kind) {
    int due = failedItems.retryAll(kind);
    jobs.enqueue(new RetryFailedItems(), RETRY);
    audit.record("failed_item.retried_all", "failed_item", null, Map.of("kind", String.valueOf(kind), "items", due));
    return due;
  }
}
