package tasktracker.scoring.noise;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The period of a noise report.
 *
 * @param days the number of days, including the last one
 * @param last the last day
 * @param zone the zone of the days
 */
public record NoisePeriod(int days, LocalDate last, ZoneId zone) {

  public static final List<Integer> CHOICES = List.of(7, 30, 90);

  public LocalDate first() {
    return last.minusDays(days - 1L);
  }

  /** The parameters of the message list for exactly this period, to go after another. */
  public String span() {
    return "&from=" + first() + "&until=" + last;
  }

  /** The last day of the period before this one. */
  public LocalDate earlier() {
    return last.minusDays(days);
  }

  /** The last day of the period after this one. */
  public LocalDate later() {
    return last.plusDays(days);
  }

  public Instant from() {
    return start(first());
  }

  public Instant until() {
    return start(last.plusDays(1));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** The first instant of each day. */
  List<Instant> starts() {
    return all().stream().map(this::start).toList();
  }

  List<LocalDate> all() {
    return IntStream.range(0, days).mapToObj(first()::plusDays).toList();
  }
}
