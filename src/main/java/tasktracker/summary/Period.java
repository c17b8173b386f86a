package tasktracker.summary;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A period of whole days in a time zone. A day has 23 or 25 hours when summer time begins or ends.
 *
 * @param name {@code today}, {@code yesterday}, {@code 7d}, {@code 30d}, {@code all} or {@code custom}
 * @param lastDay inclusive
 */
public record Period(String name, LocalDate firstDay, LocalDate lastDay, ZoneId zone) {

  public static final List<String> NAMES = List.of("today", "yesterday", "7d", "30d", "all");
  /** Limits the number of bars, one for each month. */
  private static final int MAX_YEARS = 100;

  /** The period with this name. */
  public static Period of(String name, LocalDate today, LocalDate oldest, ZoneId zone) {
    return switch (name) {
      case "today" -> new Period(name, today, today, zone);
      case "yesterday" -> new Period(name, today.minusDays(1), today.minusDays(1), zone);
      case "7d" -> new Period(name, today.minusDays(6), today, zone);
      case "30d" -> new Period(name, today.minusDays(29), today, zone);
      case "all" -> new Period(name, oldest.isAfter(today) ? today : oldest, today, zone);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /**
   * From the start of one day to the end of another.
   *
   * @throws IllegalArgumentException when the last day is before the first, or the period exceeds 100 years
   */
  public static Period custom(LocalDate first, LocalDate last, ZoneId zone) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException(last + " is before " + first);
    }
    if (first.plusYears(MAX_YEARS).isBefore(last)) {
      throw new IllegalArgumentException(first + " to " + last + " is more than " + MAX_YEARS + " years");
    }
    return new Period("custom", first, last, zone);
  }

  /** The first instant. */
  public Instant from() {
    return start(firstDay);
  }

  /** The first instant after the period. */
  public Instant until() {
    return start(lastDay.plusDays(1));
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  /** The preceding period of as many days. */
  public Period before() {
    return new Period("before", firstDay.minusDays(days()), firstDay.minusDays(1), zone);
  }

  long days() {
    return ChronoUnit.DAYS.between(firstDay, lastDay) + 1;
  }

  /** Time step of charts, chosen for a suitable number of bars. */
  public ChronoUnit step() {
    long days = days();
    return days <= 2 ? ChronoUnit.HOURS : days <= 62 ? ChronoUnit.DAYS : days <= 500 ? ChronoUnit.WEEKS : ChronoUnit.MONTHS;
  }

  /** The starts of the steps of charts in order, the first at the start of the period. */
  public List<Instant> steps() {
    return switch (step()) {
      case HOURS -> Stream.iterate(from(), at -> at.isBefore(until()), at -> at.plus(Duration.ofHours(1))).toList();
      case WEEKS -> starts(day -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
      case MONTHS -> starts(day -> day.with(TemporalAdjusters.firstDayOfNextMonth()));
      default -> starts(day -> day.plusDays(1));
    };
  }

  private List<Instant> starts(UnaryOperator<LocalDate> next) {
    return Stream.iterate(firstDay, day -> !day.isAfter(lastDay), next).map(this::start).toList();
  }

  /** Query string for refreshes of the overview; a named period moves on with the current day. */
  public String again() {
    return name.equals("custom") ? query() : "period=" + name;
  }

  /** Query string for the message list of exactly this period. */
  public String query() {
    return "from=" + firstDay + "&until=" + lastDay;
  }
}
