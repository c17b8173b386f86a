package tasktracker.scoring.noise;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;
import tasktracker.platform.data.EpochSeconds;

/** Counts messages of each class by day, and noise by chat. */
@ApplicationScoped
public class NoiseReport {

  /** The number of messages of each class on one day. */
  public record Day(LocalDate date, long signal, long weakSignal, long noise, long spam) {

    public long total() {
      return signal + weakSignal + noise + spam;
    }

    /** The number of messages of a class. */
    public long of(String wire) {
      return switch (wire) {
        case "signal" -> signal;
        case "weak_signal" -> weakSignal;
        case "noise" -> noise;
        default -> spam;
      };
    }

    private Day plus(Day other) {
      return new Day(date, signal + other.signal, weakSignal + other.weakSignal, noise + other.noise, spam + other.spam);
    }
  }

  /** The number of messages of each class on a day of the period, from 0. */
  private record Counts(int day, long signal, long weakSignal, long noise, long spam) {

    static Counts none(int day) {
      return new Counts(day, 0, 0, 0, 0);
    }

    Day on(LocalDate date) {
      return new Day(date, signal, weakSignal, noise, spam);
    }
  }

  /** A chat and its number of noise messages. */
  public record NoisyChat(UUID id, String name, long count) {}

  /** The report of a period. */
  public record Report(NoisePeriod period, List<Day> days, List<NoisyChat> noisiest) {

    public Day all() {
      return days.stream().reduce(new Day(period.last(), 0, 0, 0, 0), Day::plus);
    }

    /** The share of signal in whole percent; null if there are no messages. */
    public @Nullable Long signalPercent() {
      Day all = all();
      return all.total() == 0 ? null : Math.round(100.0 * all.signal() / all.total());
    }
  }

  private static final int MAX_CHATS = 5;

  private final Database database;

  @Inject
  public NoiseReport(Database database) {
    this.database = database;
  }

  public Report compute(NoisePeriod period) {
    Map<Integer, Counts> found = countByDay(period).stream().collect(Collectors.toMap(Counts::day, Function.identity()));
    List<LocalDate> days = period.all();
    return new Report(period, IntStream.range(0, days.size())
        .mapToObj(i -> found.getOrDefault(i, Counts.none(i)).on(days.get(i))).toList(), findNoisiestChats(period));
  }

  private List<Counts> countByDay(NoisePeriod period) {
    return database.ask(sql -> sql.createQuery("""
            select width_bucket(date_part('epoch', sent_at), :starts) - 1 as day,
                   count(*) filter (where noise_classification = 'signal') as signal,
                   count(*) filter (where noise_classification = 'weak_signal') as weak_signal,
                   count(*) filter (where noise_classification = 'noise') as noise,
                   count(*) filter (where noise_classification = 'spam') as spam
              from message
             where noise_classification in ('signal', 'weak_signal', 'noise', 'spam') and sent_at >= :from and sent_at < :until
             group by 1""")
        .bindArray("starts", Double.class, (Object[]) EpochSeconds.of(period.starts()))
        .bind("from", period.from()).bind("until", period.until()).map(Database.to(Counts.class)).list());
  }

  private List<NoisyChat> findNoisiestChats(NoisePeriod period) {
    return database.ask(sql -> sql.createQuery("""
            select c.id, coalesce(c.title, s.name) as name, n.count
              from (select chat_id, count(*) as count from message
                     where noise_classification = 'noise' and sent_at >= :from and sent_at < :until
                     group by chat_id order by count(*) desc, chat_id limit :limit) as n
              join chat c on c.id = n.chat_id join source s on s.id = c.source_id order by n.count desc, name""")
        .bind("from", period.from()).bind("until", period.until()).bind("limit", MAX_CHATS)
        .map(Database.to(NoisyChat.class)).list());
  }

  /** The number of stored messages by class; {@code unscored} stands for messages without a class. */
  public Map<String, Long> countByClass() {
    return database.ask(sql -> sql.createQuery(
        "select noise_classification, sum(messages)::bigint as messages from message_count group by 1")
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2))).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The day of the newest scored message in a zone. */
  public Optional<LocalDate> findNewestDay(ZoneId zone) {
    return database.ask(sql -> sql.createQuery("""
            select sent_at from message where importance_score is not null order by sent_at desc, id desc limit 1""")
        .mapTo(Instant.class).findOne()).map(at -> LocalDate.ofInstant(at, zone));
  }
}
