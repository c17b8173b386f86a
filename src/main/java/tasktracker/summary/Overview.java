package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tasktracker.message.feed.Feed;
import tasktracker.message.feed.FeedOrder;
import tasktracker.message.feed.MessageFilter;
import tasktracker.message.feed.MessageItem;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.EpochSeconds;

/** Queries of the overview: counts, charts and latest messages of a period. */
@ApplicationScoped
public class Overview {

  private static final int MAX_MESSAGES = 6;
  private static final int HOURS_OF_A_WEEK = 168;

  /** Number of messages of one class in one of the {@link Period#steps}, from 0. */
  public record Slice(int step, String name, long messages) {}

  /** A chat with its number of messages. */
  public record ChatShare(UUID id, String title, long messages, long signals) {

    /** Its messages in percent of those of the busiest chat. */
    public double messagesOf(ChatShare busiest) {
      return 100.0 * messages / busiest.messages;
    }

    /** Its signals in percent of the messages of the busiest chat. */
    public double signalsOf(ChatShare busiest) {
      return 100.0 * signals / busiest.messages;
    }
  }

  private final Database database;
  private final Feed feed;

  @Inject
  public Overview(Database database, Feed feed) {
    this.database = database;
    this.feed = feed;
  }

  /** The day of the oldest message in a zone; empty when there are no messages. */
  public Optional<LocalDate> oldest(ZoneId zone) {
    return database.ask(sql -> sql.createQuery("select min(sent_at) from message where sent_at > '1990-01-01'")
        .mapTo(Instant.class).findOne()).map(at -> LocalDate.ofInstant(at, zone));
  }

  /** True when the period contains messages. */
  public boolean hasMessages(Period period) {
    return database.ask(sql -> sql.createQuery("select exists (select from message where sent_at >= :from and sent_at < :until)")
        .bind("from", period.from()).bind("until", period.until()).mapTo(Boolean.class).one());
  }

  /** Number of messages of each class in the period; {@code all} is their sum. */
  public Map<String, Long> figures(Period period) {
    Map<String, Long> figures = new HashMap<>(Map.of("all", 0L));
    database.run(sql -> sql.createQuery("""
            select coalesce(noise_classification, 'unscored'), count(*) from message
             where sent_at >= :from and sent_at < :until group by 1""")
        .bind("from", period.from()).bind("until", period.until()).map((row, context) -> {
          figures.merge("all", row.getLong(2), Long::sum);
          return figures.put(row.getString(1), row.getLong(2));
        }).list());
    return figures;
  }

  /** Number of messages of each step of the period's charts and class; steps without messages are omitted. */
  public List<Slice> slices(Period period) {
    return database.ask(sql -> sql.createQuery("""
            select width_bucket(date_part('epoch', sent_at), :starts) - 1 as step,
                   coalesce(noise_classification, 'unscored') as name, count(*) as messages
              from message where sent_at >= :from and sent_at < :until group by 1, 2""")
        .bindArray("starts", Double.class, (Object[]) EpochSeconds.of(period.steps()))
        .bind("from", period.from()).bind("until", period.until()).map(Database.to(Slice.class)).list());
  }

  /** The chats with the most messages. */
  public List<ChatShare> chats(Period period) {
    return database.ask(sql -> sql.createQuery("""
            select c.id, coalesce(c.title, c.external_id) as title, n.messages, n.signals
              from (select chat_id, count(*) as messages, count(*) filter (where noise_classification = 'signal') as signals
                      from message where sent_at >= :from and sent_at < :until group by 1
                     order by 2 desc limit 8) n join chat c on c.id = n.chat_id order by n.messages desc""")
        .bind("from", period.from()).bind("until", period.until()).map(Database.to(ChatShare.class)).list());
  }

  /** The newest messages of the period, of one class or of any. */
  public List<MessageItem> newest(Period period, Set<String> classes) {
    MessageFilter filter = new MessageFilter(null, null, null, null, null, classes, period.from(), period.until(), null, null, null);
    return feed.previews().after(filter, FeedOrder.NEWEST, null, MAX_MESSAGES);
  }

  /** Number of messages in each hour of the week in the zone of the period, from Monday 0:00. */
  public long[] hoursOfTheWeek(Period period) {
    OffsetChanges offsets = OffsetChanges.of(period.zone(), period.from(), period.until());
    long[] counts = new long[HOURS_OF_A_WEEK];
    // Hours of local time since the epoch, which was a Thursday. Message times are never before it.
    database.run(sql -> sql.createQuery("""
            select ((floor(date_part('epoch', sent_at))::bigint + (cast(:seconds as int[]))[width_bucket(date_part('epoch', sent_at), :starts)])
                     / 3600 + 72) % 168 as hour, count(*) as messages
              from message where sent_at >= :from and sent_at < :until group by 1""")
        .bindArray("starts", Double.class, (Object[]) EpochSeconds.of(offsets.starts()))
        .bindArray("seconds", Integer.class, offsets.seconds())
        .bind("from", period.from()).bind("until", period.until())
        .map((row, context) -> counts[row.getInt("hour")] = row.getLong("messages")).list());
    return counts;
  }
}
