package tasktracker.message.feed;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of the feed.
 *
 * @param counts number of messages of each class under the same filters; null when there are too many to count
 * @param total number of messages in the list, as far as it was counted
 * @param previous URL of the previous page, or null
 * @param next URL of the next page, or null
 */
public record FeedPage(FeedQuery query, List<MessageItem> rows, @Nullable Map<String, Long> counts, Feed.Count total,
    @Nullable String previous, @Nullable String next) {

  private static final Set<String> SCALE = Set.of("noise", "weak_signal", "signal");
  private static final Set<String> SCORED = Set.of("noise", "weak_signal", "signal", "spam");

  /** Reads the requested page. */
  static FeedPage of(Feed messages, FeedQuery query) {
    Feed feed = messages.previews();
    MessageFilter filter = filter(query);
    int size = query.size();
    Cursor before = query.before();
    boolean back = before != null;
    List<MessageItem> found = before != null
        ? feed.before(filter, query.order(), before, size + 1)
        : feed.after(filter, query.order(), query.after(), size + 1);
    boolean more = found.size() > size;
    List<MessageItem> rows = !more ? found : back ? found.subList(1, size + 1) : found.subList(0, size);
    boolean hasPrevious = back ? more : query.after() != null;
    boolean hasNext = back || more;
    Map<String, Long> counts = feed.countByClass(filter);
    return new FeedPage(query, rows, counts, total(feed, filter, counts),
        hasPrevious && !rows.isEmpty() ? query.page("before", Cursor.at(rows.getFirst()), Math.max(0, query.at() - size)) : null,
        hasNext && !rows.isEmpty() ? query.page("after", Cursor.at(rows.getLast()), query.at() + rows.size()) : null);
  }

  /** The filter of the query. A list ordered by strength contains and counts only scored messages. */
  public static MessageFilter filter(FeedQuery query) {
    MessageFilter filter = query.filter();
    return query.order().isByScore() && filter.classes().isEmpty() ? filter.withClasses(SCORED) : filter;
  }

  private static Feed.Count total(Feed feed, MessageFilter filter, @Nullable Map<String, Long> counts) {
    return counts == null
        ? feed.count(filter)
        : new Feed.Count(counts.entrySet().stream()
            .filter(c -> filter.classes().isEmpty() || filter.classes().contains(c.getKey())).mapToLong(Map.Entry::getValue).sum(), true);
  }

  /** Position of the first row in the list, from 1. */
  public long first() {
    return query.at() + 1;
  }

  public long last() {
    return query.at() + rows.size();
  }

  /** Number of messages of that class under these filters; 0 when they were not counted. */
  public long count(String ofClass) {
    return counts == null ? 0 : counts.getOrDefault(ofClass, 0L);
  }

  /** Number of messages of all classes; the limit of counts when there are more. */
  public long all() {
    return counts == null ? Feed.COUNT_LIMIT : counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Key of the text for the number of messages of all classes: exact, or "at least". */
  public String allKey() {
    return counts == null ? "message.total.more" : "message.total";
  }

  /** Key of the text for the total: exact, or "at least". */
  public String totalKey() {
    return total.exact() ? "message.total" : "message.total.more";
  }

  /** The tabs: always the three classes of the scale, other classes when there are messages of them. */
  public List<String> tabs() {
    return Stream.of("signal", "weak_signal", "noise", "spam", "unscored")
        .filter(name -> SCALE.contains(name) || count(name) > 0 || name.equals(query.get("class"))).toList();
  }
}
