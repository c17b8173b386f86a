package tasktracker.knowledge.review;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.atom.AtomItem;
import tasktracker.knowledge.atom.AtomStore;

/**
 * A page of the list of atoms.
 *
 * @param counts the number of atoms of each status with the same filters
 */
public record AtomList(AtomQuery query, List<AtomItem> rows, boolean hasMore, Map<String, Long> counts) {

  static AtomList read(AtomStore store, AtomQuery query) {
    List<AtomItem> found = store.list(query.filter(), query.sort(), AtomQuery.PAGE_SIZE + 1, query.skip());
    boolean hasMore = found.size() > AtomQuery.PAGE_SIZE;
    return new AtomList(query, hasMore ? found.subList(0, AtomQuery.PAGE_SIZE) : found, hasMore, store.countByStatus(query.filter()));
  }

  /** The number of atoms of a status, or of all. */
  public long count(String status) {
    return status.equals("all") ? counts.values().stream().mapToLong(Long::longValue).sum() : counts.getOrDefault(status, 0L);
  }

  /** The key of the words of a count, which may be cut. */
  public String countKey(String status) {
    return count(status) >= AtomStore.COUNT_LIMIT ? "atom.count.more" : "atom.count";
  }

  /** The tabs in their order. */
  public List<String> tabs() {
    return List.of("pending", "approved", "rejected", "archived", "all");
  }

  /** The URL of the page before, or null. */
  public @Nullable String previous() {
    return query.page() > 1 ? query.with("page", String.valueOf(query.page() - 1)) : null;
  }

  /** The URL of the page after, or null. */
  public @Nullable String next() {
    return hasMore ? query.with("page", String.valueOf(query.page() + 1)) : null;
  }

  /** Whether the list is the one that people work off. */
  public boolean isReview() {
    return query.status().equals("pending");
  }
}
