package tasktracker.summary;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A period of whole days in UTC.
 *
 * @param name {@code today}, {@code yesterday}, {@code 7d}, {@code 30d}, {@code all} or {@code custom}
 * @param until exclusive
 */
public record Period(String name, Instant from, Instant until) {

  public static final List<String> NAMES = List.of("today", "yesterday", "7d", "30d", "all");
  /** Limits the number of bars, one for each month. */
  private static final int MAX_YEARS = 100;

  /** The period with this name. */
  public static Period of(String name, LocalDate today, LocalDate oldest) {
    LocalDate tomorrow = today.plusDays(1);
    return switch (name) {
      case "today" -> between(name, today, tomorrow);
      case "yesterday" -> between(name, today.minusDays(1), today);
      case "7d" -> between(name, tomorrow.minusDays(7), tomorrow);
      case "30d" -> between(name, tomorrow.minusDays(30), tomorrow);
      case "all" -> between(name, oldest.isAfter(today) ? today : oldest, tomorrow);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * From the start of one day to the end of another.
   *
   * @throws IllegalArgumentException when the last day is before the first, or the period exceeds 100 years
   */
  public static Period custom(LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(last + " is before " + first);
    }
    if (first.plusYears(MAX_YEARS).isBefore(last)) {
      throw new IllegalArgumentException(first + " to " + last + " is more than " + MAX_YEARS + " years");
    }
    return between("custom", first, last.plusDays(1));
  }

  private static Period between(String name, LocalDate from, LocalDate until) {
    return new Period(name, start(from), start(until));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public LocalDate firstDay() {
    return from.atZone(ZoneOffset.UTC).toLocalDate();
  }

  public LocalDate lastDay() {
    return until.atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
  }

  /** The preceding period of the same length. */
  public Period before() {
    return new Period("before", from.minus(Duration.between(from, until)), from);
  }

  /** Time step of charts, chosen for a suitable number of bars. */
  public ChronoUnit step() {
    long days = Duration.between(from, until).toDays();
    return days <= 2 ? ChronoUnit.HOURS : days <= 62 ? ChronoUnit.DAYS : days <= 500 ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
  }

  /** Query string for refreshes of the overview; a named period moves on with the current day. */
  public String again() {
    return name.equals("custom") ? query() : "period=" + name;
  }

  /** Query string for the message list of exactly this period. */
  public String query() {
    return "from=" + firstDay() + "&until=" + lastDay();
  }
}
