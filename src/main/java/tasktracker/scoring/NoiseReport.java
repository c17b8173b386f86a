package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.Database;

/** How much of the talk is worth reading, by day and by chat. */
@ApplicationScoped
public class NoiseReport {

  /** What was said on one day. */
  public record Day(LocalDate date, long signal, long weakSignal, long noise, long spam) {

    public long total() {
      return signal + weakSignal + noise + spam;
    }

    /** How many of that class there were. */
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

  /** A chat and how much noise came from it. */
  public record NoisyChat(UUID id, String name, long count) {}

  /** The report of a period. */
  public record Report(NoisePeriod period, List<Day> days, List<NoisyChat> noisiest) {

    public Day all() {
      return days.stream().reduce(new Day(period.last(), 0, 0, 0, 0), Day::plus);
    }

    /** Whole percent of the messages that are signal; null when there are none. */
    public @Nullable Long signalPercent() {
      Day all = all();
      return all.total() == 0 ? null : Math.round(100.0 * all.signal() / all.total());
    }
  }

  private static final int NOISIEST = 5;

  private @Nullable Database database;

  protected NoiseReport() {}

  @Inject
  public NoiseReport(Database database) {
    this.database = database;
  }

  public Report of(NoisePeriod period) {
    Map<LocalDate, Day> found = days(period).stream().collect(Collectors.toMap(Day::date, Function.identity()));
    return new Report(period, period.all().stream().map(d -> found.getOrDefault(d, new Day(d, 0, 0, 0, 0))).toList(),
        noisiest(period));
  }

  private List<Day> days(NoisePeriod period) {
    return database.ask(sql -> sql.createQuery("""
            select (sent_at at time zone 'UTC')::date as date,
                   count(*) filter (where noise_classification = 'signal') as signal,
                   count(*) filter (where noise_classification = 'weak_signal') as weak_signal,
                   count(*) filter (where noise_classification = 'noise') as noise,
                   count(*) filter (where noise_classification = 'spam') as spam
              from message
             where noise_classification in ('signal', 'weak_signal', 'noise', 'spam') and sent_at >= :from and sent_at < :until
             group by 1""")
        .bind("from", period.from()).bind("until", period.until()).map(Database.to(Day.class)).list());
  }

  private List<NoisyChat> noisiest(NoisePeriod period) {
    return database.ask(sql -> sql.createQuery("""
            select c.id, coalesce(c.title, s.name) as name, n.count
              from (select chat_id, count(*) as count from message
                     where noise_classification = 'noise' and sent_at >= :from and sent_at < :until
                     group by chat_id order by count(*) desc, chat_id limit :limit) as n
              join chat c on c.id = n.chat_id join source s on s.id = c.source_id order by n.count desc, name""")
        .bind("from", period.from()).bind("until", period.until()).bind("limit", NOISIEST)
        .map(Database.to(NoisyChat.class)).list());
  }

  /** How many messages there are of each class, {@code unscored} for none, however many there are. */
  public Map<String, Long> totals() {
    return database.ask(sql -> sql.createQuery(
            "select noise_classification, sum(messages)::bigint as messages from message_count group by 1")
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2))).stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** The day of the newest scored message. */
  public Optional<LocalDate> newestDay() {
    return database.ask(sql -> sql.createQuery("""
            select sent_at from message where importance_score is not null order by sent_at desc, id desc limit 1""")
        .mapTo(Instant.class).findOne()).map(at -> LocalDate.ofInstant(at, java.time.ZoneOffset.UTC));
  }
}
