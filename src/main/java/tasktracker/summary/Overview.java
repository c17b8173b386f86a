package tasktracker.summary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
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

/** Queries of the overview: counts, charts and latest messages of a period. */
@ApplicationScoped
public class Overview {

  private static final int MAX_MESSAGES = 6;

  /** Number of messages of one class in one time step. */
  public record Slice(Instant at, String name, long messages) {}

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

  /** The day of the oldest message; empty when there are no messages. */
  public Optional<LocalDate> oldest() {
    return database.ask(sql -> sql.createQuery("select min(sent_at) from message where sent_at > '1990-01-01'")
        .mapTo(Instant.class).findOne()).map(at -> at.atZone(ZoneOffset.UTC).toLocalDate());
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

  /** Number of messages by hour or day and class; steps without messages are omitted. */
  public List<Slice> slices(Instant from, Instant until, ChronoUnit step) {
    return database.ask(sql -> sql.createQuery("""
            select date_bin(:hours * interval '1 hour', sent_at, '2001-01-01T00:00Z') as at,
                   coalesce(noise_classification, 'unscored') as name, count(*) as messages
              from message where sent_at >= :from and sent_at < :until group by 1, 2""")
        .bind("hours", step == ChronoUnit.HOURS ? 1 : 24).bind("from", from).bind("until", until)
        .map(Database.to(Slice.class)).list());
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

  /** Hourly activity of the last seven days of the period. */
  public List<Slice> hours(Period period) {
    return slices(heatmapStart(period), period.until(), ChronoUnit.HOURS);
  }

  static Instant heatmapStart(Period period) {
    Instant week = period.until().minus(Duration.ofDays(7));
    return week.isAfter(period.from()) ? week : period.from();
  }

  static ZonedDateTime utc(Instant at) {
    return at.atZone(ZoneOffset.UTC);
  }
}
