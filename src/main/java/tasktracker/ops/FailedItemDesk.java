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
import tasktracker.platform.security.Audit;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/** What somebody at the page or the API may ask about failed items. */
@RequestScoped
public class FailedItemDesk {

  /** Without a unique key: one that runs may be past the items that become due now. */
  private static final Jobs.Options SOON = Jobs.Options.on(Queue.DEFAULT);

  @Inject FailedItems failedItems;
  @Inject Jobs jobs;
  @Inject Audit audit;

  /**
   * One page of them, the latest first.
   *
   * @param next the {@code before} of the next page, or null after the last
   */
  public record Page(List<FailedItem> items, @Nullable UUID next, long total) {}

  Page page(@Nullable String kind, @Nullable UUID before, int limit) {
    List<FailedItem> found = failedItems.list(kind, before, limit + 1);
    List<FailedItem> shown = found.subList(0, Math.min(limit, found.size()));
    return new Page(shown, found.size() > limit ? shown.getLast().id() : null, kind == null ? failedItems.count() : failedItems.count(kind));
  }

  /**
   * Has an item tried again now.
   *
   * @throws Problem 404 when it is not listed (any more)
   */
  @Transactional
  FailedItem retry(UUID id) {
    FailedItem item = failedItems.find(id).orElseThrow(() -> Problem.notFound(LocalizedMessage.of("problem.none.failed_item")));
    failedItems.retry(id);
    jobs.enqueue(new RetryFailedItems(), SOON);
    audit.record("failed_item.retried", "failed_item", id, Map.of("kind", item.kind(), "item", item.item()));
    return item;
  }

  /** Has all of a kind tried again now, or all there are; tells how many. */
  @Transactional
  int retryAll(@Nullable String kind) {
    int due = failedItems.retryAll(kind);
    jobs.enqueue(new RetryFailedItems(), SOON);
    audit.record("failed_item.retried_all", "failed_item", null, Map.of("kind", String.valueOf(kind), "items", due));
    return due;
  }
}
