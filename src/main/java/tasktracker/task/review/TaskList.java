package tasktracker.task.review;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.task.TaskItem;
import tasktracker.task.TaskStore;

/**
 * A page of the list of tasks.
 *
 * @param counts the number of tasks of each tab with the same filters
 * @param today the day by which tasks are overdue
 */
public record TaskList(TaskQuery query, List<TaskItem> rows, boolean hasMore, Map<String, Long> counts, LocalDate today) {

  static TaskList read(TaskStore store, TaskQuery query, LocalDate today) {
    List<TaskItem> found = store.list(query.filter(), query.sort(), TaskQuery.PAGE_SIZE + 1, query.skip());
    boolean hasMore = found.size() > TaskQuery.PAGE_SIZE;
    Map<String, Long> counts = new LinkedHashMap<>();
    TaskQuery.TABS.forEach(tab -> counts.put(tab, store.count(query.filter().withStatuses(TaskQuery.statuses(tab)))));
    return new TaskList(query, hasMore ? found.subList(0, TaskQuery.PAGE_SIZE) : found, hasMore, counts, today);
  }

  /** The number of tasks of a tab. */
  public long count(String tab) {
    return counts.getOrDefault(tab, 0L);
  }

  /** The key of the words of a count, which may be cut. */
  public String countKey(String tab) {
    return count(tab) >= TaskStore.COUNT_LIMIT ? "atom.count.more" : "atom.count";
  }

  /** The tabs in their order. */
  public List<String> tabs() {
    return TaskQuery.TABS;
  }

  /** The URL of the page before, or null. */
  public @Nullable String previous() {
    return query.page() > 1 ? query.with("page", String.valueOf(query.page() - 1)) : null;
  }

  /** The URL of the page after, or null. */
  public @Nullable String next() {
    return hasMore ? query.with("page", String.valueOf(query.page() + 1)) : null;
  }
}
