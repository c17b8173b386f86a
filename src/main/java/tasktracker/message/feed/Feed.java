package tasktracker.message.feed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tasktracker.message.Strength;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StatementTimeout;
import tasktracker.platform.web.Deadline;

/**
 * Reads lists of messages at a cost that does not depend on the size of the table: pages use keyset pagination, and
 * counts are limited.
 */
@ApplicationScoped
public class Feed {

  /** The most rows that a count reads. */
  public static final int COUNT_LIMIT = 10_000;

  /** The times of the first and the last message; null when there is none. */
  public record DateRange(@Nullable Instant min, @Nullable Instant max) {}

  /** A number of messages; not exact when there are more than were counted. */
  public record Count(long number, boolean exact) {}

  private final Database database;
  private final boolean isOfPreviews;
  private final @Nullable Deadline deadline;

  @Inject
  public Feed(Database database) {
    this(database, false, null);
  }

  private Feed(Database database, boolean isOfPreviews, @Nullable Deadline deadline) {
    this.database = database;
    this.isOfPreviews = isOfPreviews;
    this.deadline = deadline;
  }

  /**
   * A feed whose texts are cut to the preview that a list row shows. Other lists contain whole texts up to 2 MiB
   * together; {@link MessageItem#contentTruncated()} marks the texts that are cut.
   */
  public Feed previews() {
    return new Feed(database, true, deadline);
  }

  /** A feed whose queries fail with a {@link tasktracker.platform.web.problem.Problem} of status 503 after the deadline. */
  Feed withDeadline(Deadline deadline) {
    return new Feed(database, isOfPreviews, deadline);
  }

  private <T> T query(Function<Handle, T> work) {
    return deadline == null ? database.ask(work) : query(work, deadline);
  }

  private <T> T query(Function<Handle, T> work, Deadline deadline) {
    deadline.check();
    try {
      return database.ask(sql -> {
        StatementTimeout.set(sql, deadline.remaining());
        return work.apply(sql);
      });
    } catch (RuntimeException e) {
      throw StatementTimeout.isCauseOf(e) ? deadline.missed() : e;
    }
  }

  private String select(String order) {
    return isOfPreviews ? MessageItem.SELECT_PREVIEWS : MessageItem.withinLimit(order);
  }

  /** Finds a message by its id, with its whole text. */
  public Optional<MessageItem> find(UUID id) {
    String select = isOfPreviews ? MessageItem.SELECT_PREVIEWS : MessageItem.SELECT_WHOLE;
    return query(sql -> sql.createQuery(select + "from message m " + MessageItem.JOINS + "where m.id = :id")
        .bind("id", id).map(Database.to(MessageItem.class)).findOne());
  }

  /**
   * Finds messages by their ids, in no particular order. When the texts exceed the limit of a list, those of the first
   * ids are whole.
   */
  public List<MessageItem> find(List<UUID> ids) {
    return query(sql -> sql.createQuery(select("array_position(:ids, m.id)") + "from message m " + MessageItem.JOINS
        + "where m.id = any(:ids)")
        .bindArray("ids", UUID.class, ids).map(Database.to(MessageItem.class)).list());
  }

  /** Up to {@code limit} messages after the cursor in this order; the first messages when there is no cursor. */
  public List<MessageItem> after(MessageFilter filter, FeedOrder order, @Nullable Cursor cursor, int limit) {
    return page(filter, order, cursor, false, limit, 0);
  }

  /** Up to {@code limit} messages directly before the cursor in this order. */
  public List<MessageItem> before(MessageFilter filter, FeedOrder order, Cursor cursor, int limit) {
    return page(filter, order, cursor, true, limit, 0).reversed();
  }

  /** A page by its offset, for API clients that use page numbers; the cost grows with the offset. */
  public List<MessageItem> page(MessageFilter filter, boolean newestFirst, int limit, long skip) {
    return page(filter, newestFirst ? FeedOrder.NEWEST : FeedOrder.OLDEST, null, false, limit, skip);
  }

  private List<MessageItem> page(MessageFilter filter, FeedOrder order, @Nullable Cursor cursor, boolean back, int limit, long skip) {
    Map<String, Object> values = new HashMap<>(filter.values());
    if (cursor != null) {
      values.put("sentAt", cursor.sentAt());
      values.put("id", cursor.id());
    }
    if (cursor != null && order.isByScore()) {
      values.put("score", cursor.score() == null ? Strength.NONE : cursor.score());
    }
    String query = select(order.orderBy(back)) + "from (select * from message m where " + filter.condition()
        + (order.isByScore() ? " and m.importance_score is not null" : "")
        + (cursor == null ? "" : " and " + order.cursorCondition(back))
        + " order by " + order.orderBy(back) + " limit :limit offset :skip) m " + MessageItem.JOINS
        + " order by " + order.orderBy(back);
    return query(sql -> sql.createQuery(query).bindMap(values).bind("limit", limit).bind("skip", skip)
        .map(Database.to(MessageItem.class)).list());
  }

  /**
   * The context of a message in its chat: {@code each} messages before it, the message, and {@code each} after it,
   * oldest first.
   */
  public List<MessageItem> findContext(MessageItem message, int each) {
    MessageFilter chat = new MessageFilter(null, null, null, null, message.chatId(), Set.of(), null, null, null, null, null);
    Cursor here = Cursor.at(message);
    List<MessageItem> all = new ArrayList<>(before(chat, FeedOrder.OLDEST, here, each));
    all.add(message);
    all.addAll(after(chat, FeedOrder.OLDEST, here, each));
    return all;
  }

  /** Counts the messages that match the filter. */
  public Count count(MessageFilter filter) {
    return filter.isCounted()
        ? new Count(readCounters(filter.chatId()).entrySet().stream()
            .filter(e -> filter.classes().isEmpty() || filter.classes().contains(e.getKey()))
            .mapToLong(Map.Entry::getValue).sum(), true)
        : countByScan(filter);
  }

  /** Reads the number of messages of each class, in one chat or in all, from the counters. */
  public Map<String, Long> readCounters(@Nullable UUID chat) {
    Map<String, Long> counts = new HashMap<>();
    String of = chat == null ? "" : " where chat_id = :chat";
    query(sql -> sql.createQuery("select noise_classification, sum(messages) as messages from message_count" + of + " group by 1")
        .bindMap(chat == null ? Map.of() : Map.of("chat", chat)).map((row, context) -> counts.put(row.getString(1), row.getLong(2)))
        .list());
    return counts;
  }

  /** The options of filters: the first sources, chats and authors by name, and the first and last date. */
  public Map<String, Object> filterOptions() {
    return query(sql -> Map.of(
        "sources", sql.createQuery("select id, name from source order by name limit 500").mapToMap().list(),
        "chats",
        sql.createQuery(
            """
            select id, left(coalesce(title, external_id), 300) as title
             from chat order by left(coalesce(title, external_id), 100) limit 500""")
            .mapToMap().list(),
        "authors", sql.createQuery("""
            select id, trim(first_name || ' ' || coalesce(last_name, '')) as name from person order by 2 limit 500""").mapToMap().list(),
        "date_range", sql.createQuery("select min(sent_at) as min, max(sent_at) as max from message")
            .map(Database.to(DateRange.class)).one()));
  }

  /**
   * Counts the messages of each class that match the filter, whatever classes it selects; null when there are too many
   * to count.
   */
  public @Nullable Map<String, Long> countByClass(MessageFilter filter) {
    MessageFilter any = filter.withClasses(Set.of());
    if (any.isCounted()) {
      return readCounters(any.chatId());
    }
    Map<String, Long> counts = new HashMap<>();
    query(sql -> sql.createQuery("select coalesce(class, 'unscored'), count(*) from (select noise_classification as class"
        + " from message m where " + any.condition() + " limit " + (COUNT_LIMIT + 1) + ") as found group by 1")
        .bindMap(any.values()).map((row, context) -> counts.put(row.getString(1), row.getLong(2))).list());
    return counts.values().stream().mapToLong(Long::longValue).sum() > COUNT_LIMIT ? null : counts;
  }

  private Count countByScan(MessageFilter filter) {
    long found = query(sql -> sql.createQuery("select count(*) from (select 1 from message m where "
        + filter.condition() + " limit " + (COUNT_LIMIT + 1) + ") as found")
        .bindMap(filter.values()).mapTo(Long.class).one());
    return new Count(Math.min(found, COUNT_LIMIT), found <= COUNT_LIMIT);
  }
}
