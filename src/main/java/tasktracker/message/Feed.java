package tasktracker.message;

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
import tasktracker.platform.data.Database;
import tasktracker.platform.data.StatementTimeout;
import tasktracker.platform.web.Deadline;

/** Reads messages in lists, quick however many there are: pages go by key, and no count reads the table through. */
@ApplicationScoped
public class Feed {

  /** No count looks further than this many rows. */
  public static final int COUNT_LIMIT = 10_000;

  /** When the first and the last message were sent; null when there is none. */
  public record DateRange(@Nullable Instant min, @Nullable Instant max) {}

  /** How many there are, or that there are more than were counted. */
  public record Count(long number, boolean exact) {}

  private @Nullable Database database;
  private final boolean isOfPreviews;
  private final @Nullable Deadline deadline;

  protected Feed() {
    this.isOfPreviews = false;
    this.deadline = null;
  }

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
   * The same messages with no more of their texts than a row of a page shows. Other lists hold whole texts, as far as
   * they are no more than 2 MiB together; {@link MessageItem#contentTruncated()} tells.
   */
  public Feed previews() {
    return new Feed(database, true, deadline);
  }

  /** The same messages, read until the deadline: a {@link tasktracker.platform.web.Problem} of 503 from then on. */
  Feed within(Deadline deadline) {
    return new Feed(database, isOfPreviews, deadline);
  }

  private <T> T ask(Function<Handle, T> work) {
    return deadline == null ? database.ask(work) : ask(work, deadline);
  }

  private <T> T ask(Function<Handle, T> work, Deadline deadline) {
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
    return isOfPreviews ? MessageItem.PREVIEWS : MessageItem.within(order);
  }

  /** The message of that id with its whole text, however long it is. */
  public Optional<MessageItem> find(UUID id) {
    String select = isOfPreviews ? MessageItem.PREVIEWS : MessageItem.WHOLE;
    return ask(sql -> sql.createQuery(select + "from message m " + MessageItem.FROM + "where m.id = :id")
        .bind("id", id).map(Database.to(MessageItem.class)).findOne());
  }

  /** The messages of these ids, in no order; the first of the ids are the ones whose texts are whole. */
  public List<MessageItem> find(List<UUID> ids) {
    return ask(sql -> sql.createQuery(select("array_position(:ids, m.id)") + "from message m " + MessageItem.FROM
            + "where m.id = any(:ids)")
        .bindArray("ids", UUID.class, ids).map(Database.to(MessageItem.class)).list());
  }

  /** Up to {@code limit} messages after the cursor in that order, or the first ones. */
  public List<MessageItem> after(MessageFilter filter, FeedOrder order, @Nullable Cursor cursor, int limit) {
    return page(filter, order, cursor, false, limit, 0);
  }

  /** Up to {@code limit} messages that stand next before the cursor in that order. */
  public List<MessageItem> before(MessageFilter filter, FeedOrder order, Cursor cursor, int limit) {
    return page(filter, order, cursor, true, limit, 0).reversed();
  }

  /** A page by its number, for programs that count pages; the further, the slower. */
  public List<MessageItem> numbered(MessageFilter filter, boolean newestFirst, int limit, long skip) {
    return page(filter, newestFirst ? FeedOrder.NEWEST : FeedOrder.OLDEST, null, false, limit, skip);
  }

  private List<MessageItem> page(MessageFilter filter, FeedOrder order, @Nullable Cursor cursor, boolean back, int limit, long skip) {
    Map<String, Object> values = new HashMap<>(filter.values());
    if (cursor != null) {
      values.put("sentAt", cursor.sentAt());
      values.put("id", cursor.id());
    }
    if (cursor != null && order.isByScore()) {
      values.put("score", cursor.score() == null ? 0.0 : cursor.score());
    }
    String query = select(order.columns(back)) + "from (select * from message m where " + filter.condition()
        + (order.isByScore() ? " and m.importance_score is not null" : "")
        + (cursor == null ? "" : " and " + order.beyond(back))
        + " order by " + order.columns(back) + " limit :limit offset :skip) m " + MessageItem.FROM
        + " order by " + order.columns(back);
    return ask(sql -> sql.createQuery(query).bindMap(values).bind("limit", limit).bind("skip", skip)
        .map(Database.to(MessageItem.class)).list());
  }

  /** The messages around one in its chat: {@code each} before it, itself, {@code each} after it; oldest first. */
  public List<MessageItem> around(MessageItem message, int each) {
    MessageFilter chat = new MessageFilter(null, null, null, null, message.chatId(), Set.of(), null, null, null, null, null);
    Cursor here = Cursor.at(message);
    List<MessageItem> all = new ArrayList<>(before(chat, FeedOrder.OLDEST, here, each));
    all.add(message);
    all.addAll(after(chat, FeedOrder.OLDEST, here, each));
    return all;
  }

  /** How many messages the filter lets through. */
  public Count count(MessageFilter filter) {
    return filter.isCounted() ? new Count(countedByClass(filter.chatId()).entrySet().stream()
        .filter(e -> filter.classes().isEmpty() || filter.classes().contains(e.getKey()))
        .mapToLong(Map.Entry::getValue).sum(), true) : scanned(filter);
  }

  /** How many messages there are of each class, in one chat or all, from the counters. */
  public Map<String, Long> countedByClass(@Nullable UUID chat) {
    Map<String, Long> counts = new HashMap<>();
    String of = chat == null ? "" : " where chat_id = :chat";
    ask(sql -> sql.createQuery("select noise_classification, sum(messages) as messages from message_count" + of + " group by 1")
        .bindMap(chat == null ? Map.of() : Map.of("chat", chat)).map((row, context) -> counts.put(row.getString(1), row.getLong(2))).list());
    return counts;
  }

  /** What a filter may choose from: sources, the first chats and authors by name, and the first and last day. */
  public Map<String, Object> choices() {
    return ask(sql -> Map.of(
        "sources", sql.createQuery("select id, name from source order by name").mapToMap().list(),
        "chats", sql.createQuery("""
            select id, left(coalesce(title, external_id), 300) as title from chat order by left(coalesce(title, external_id), 100) limit 500""")
            .mapToMap().list(),
        "authors", sql.createQuery("""
            select id, trim(first_name || ' ' || coalesce(last_name, '')) as name from person order by 2 limit 500""").mapToMap().list(),
        "date_range", sql.createQuery("select min(sent_at) as min, max(sent_at) as max from message")
            .map(Database.to(DateRange.class)).one()));
  }

  /** How many messages of each class the filter lets through, whatever class it asks for; null when too many to count. */
  public @Nullable Map<String, Long> byClass(MessageFilter filter) {
    MessageFilter any = filter.ofClasses(Set.of());
    if (any.isCounted()) {
      return countedByClass(any.chatId());
    }
    Map<String, Long> counts = new HashMap<>();
    ask(sql -> sql.createQuery("select coalesce(class, 'unscored'), count(*) from (select noise_classification as class"
            + " from message m where " + any.condition() + " limit " + (COUNT_LIMIT + 1) + ") as found group by 1")
        .bindMap(any.values()).map((row, context) -> counts.put(row.getString(1), row.getLong(2))).list());
    return counts.values().stream().mapToLong(Long::longValue).sum() > COUNT_LIMIT ? null : counts;
  }

  private Count scanned(MessageFilter filter) {
    long found = ask(sql -> sql.createQuery("select count(*) from (select 1 from message m where "
            + filter.condition() + " limit " + (COUNT_LIMIT + 1) + ") as found")
        .bindMap(filter.values()).mapTo(Long.class).one());
    return new Count(Math.min(found, COUNT_LIMIT), found <= COUNT_LIMIT);
  }
}
