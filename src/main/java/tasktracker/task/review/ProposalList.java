package tasktracker.task.review;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tasktracker.task.proposal.ProposalItem;
import tasktracker.task.proposal.ProposalStore;

/**
 * A page of the list of proposals.
 *
 * @param counts the number of proposals of each status with the same filters
 */
public record ProposalList(ProposalQuery query, List<ProposalItem> rows, boolean hasMore, Map<String, Long> counts) {

  static ProposalList read(ProposalStore store, ProposalQuery query) {
    List<ProposalItem> found = store.list(query.filter(), query.sort(), ProposalQuery.PAGE_SIZE + 1, query.skip());
    boolean hasMore = found.size() > ProposalQuery.PAGE_SIZE;
    return new ProposalList(query, hasMore ? found.subList(0, ProposalQuery.PAGE_SIZE) : found, hasMore,
        store.countByStatus(query.filter()));
  }

  /** The number of proposals of a status, or of all. */
  public long count(String status) {
    return status.equals("all") ? counts.values().stream().mapToLong(Long::longValue).sum() : counts.getOrDefault(status, 0L);
  }

  /** The key of the words of a count, which may be cut. */
  public String countKey(String status) {
    return count(status) >= ProposalStore.COUNT_LIMIT ? "atom.count.more" : "atom.count";
  }

  /** The tabs in their order. */
  public List<String> tabs() {
    return List.of("pending", "approved", "rejected", "merged", "all");
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
