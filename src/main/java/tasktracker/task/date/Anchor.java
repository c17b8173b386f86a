package tasktracker.task.date;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** The moment of a message in its author's zone, and the days and periods around it. */
record Anchor(ZonedDateTime reference, Mode mode) {

  static final int SECOND = 1;
  static final int MINUTE = 2;
  static final int HOUR = 3;
  static final int DAY = 4;
  static final int WEEK = 5;
  static final int MONTH = 6;
  static final int QUARTER = 7;
  static final int YEAR = 8;
  static final int WEEKEND = 9;
  static final int FORTNIGHT = 10;

  LocalDate today() {
    return reference.toLocalDate();
  }

  /** The time in the author's zone; a time that a change of the clock skips moves forward by the gap. */
  ZonedDateTime at(LocalDate date, LocalTime time) {
    return ZonedDateTime.of(date, time, reference.getZone());
  }

  ZonedDateTime at(LocalDate date) {
    return at(date, LocalTime.MIDNIGHT);
  }

  DateHit day(int to, LocalDate date, DateHit.Shape shape) {
    return new DateHit(to, at(date), null, Grain.DAY, shape);
  }

  LocalDate nextWeekday(int weekday) {
    return today().with(TemporalAdjusters.next(DayOfWeek.of(weekday)));
  }

  LocalDate lastWeekday(int weekday) {
    return today().with(TemporalAdjusters.previous(DayOfWeek.of(weekday)));
  }

  LocalDate weekdayOfWeek(int weekday, int weeks) {
    return start(WEEK, today()).plusWeeks(weeks).plusDays(weekday - 1L);
  }

  /** The next such day, today included; null if the coming year does not have it. */
  @Nullable
  LocalDate nextMonthDay(int month, int day) {
    if (day > 29 && day > YearMonth.of(2000, month).lengthOfMonth()) {
      return null;
    }
    // A day that the coming year does not have is a mistake rather than a plan for a leap year.
    int year = today().getMonthValue() > month || today().getMonthValue() == month && today().getDayOfMonth() > day
        ? today().getYear() + 1
        : today().getYear();
    return date(year, month, day);
  }

  @Nullable
  static LocalDate date(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The day and month in the year, nearest to the reference, in which it is that day of the week. */
  @Nullable
  LocalDate onWeekday(int month, int day, int weekday) {
    LocalDate nearest = null;
    for (int year = today().getYear() - 1; year <= today().getYear() + 1; year++) {
      LocalDate date = date(year, month, day);
      if (date != null && date.getDayOfWeek().getValue() == weekday && (nearest == null || distance(date) < distance(nearest))) {
        nearest = date;
      }
    }
    return nearest;
  }

  private long distance(LocalDate date) {
    return Math.abs(ChronoUnit.DAYS.between(today(), date));
  }

  /** The next month with that day, today included; on a given day of the week if it is not 0. */
  @Nullable
  LocalDate nextDayOfMonth(int day, int weekday) {
    YearMonth month = YearMonth.from(today());
    for (int i = 0; i < 14; i++, month = month.plusMonths(1)) {
      LocalDate date = date(month.getYear(), month.getMonthValue(), day);
      if (date != null && !date.isBefore(today()) && (weekday == 0 || date.getDayOfWeek().getValue() == weekday)) {
        return date;
      }
    }
    return null;
  }

  YearMonth nextMonth(int month) {
    int year = month < today().getMonthValue() ? today().getYear() + 1 : today().getYear();
    return YearMonth.of(year, month);
  }

  static LocalDate start(int unit, LocalDate date) {
    return switch (unit) {
      case WEEK, FORTNIGHT -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case WEEKEND -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).plusDays(5);
      case MONTH -> date.withDayOfMonth(1);
      case QUARTER -> date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
      case YEAR -> date.withDayOfYear(1);
      default -> date;
    };
  }

  static LocalDate plus(int unit, LocalDate date, long count) {
    return switch (unit) {
      case WEEK, WEEKEND -> date.plusWeeks(count);
      case FORTNIGHT -> date.plusWeeks(2 * count);
      case MONTH -> date.plusMonths(count);
      case QUARTER -> date.plusMonths(3 * count);
      case YEAR -> date.plusYears(count);
      default -> date.plusDays(count);
    };
  }

  static Grain grain(int unit) {
    return switch (unit) {
      case SECOND -> Grain.SECOND;
      case MINUTE -> Grain.MINUTE;
      case HOUR -> Grain.HOUR;
      case WEEK, FORTNIGHT -> Grain.WEEK;
      case MONTH -> Grain.MONTH;
      case QUARTER -> Grain.QUARTER;
      case YEAR -> Grain.YEAR;
      default -> Grain.DAY;
    };
  }

  /** The period that is {@code count} periods after the one of the reference. */
  DateHit period(int to, int unit, long count) {
    return period(to, unit, plus(unit, start(unit, today()), count));
  }

  DateHit period(int to, int unit, LocalDate start) {
    LocalDate end = unit == WEEKEND ? start.plusDays(2) : plus(unit, start, 1);
    return new DateHit(to, at(start), at(end), grain(unit), DateHit.Shape.FULL);
  }

  /** The {@code count} units after (or before, if negative) the running one. */
  DateHit run(int to, int unit, int count) {
    if (unit <= HOUR) {
      ChronoUnit chrono = chrono(unit);
      ZonedDateTime running = reference.truncatedTo(chrono);
      ZonedDateTime from = count > 0 ? running.plus(1, chrono) : running.plus(count, chrono);
      return new DateHit(to, from, count > 0 ? from.plus(count, chrono) : running, grain(unit), DateHit.Shape.RANGE);
    }
    LocalDate running = start(unit, today());
    LocalDate from = count > 0 ? plus(unit, running, 1) : plus(unit, running, count);
    return new DateHit(to, at(from), at(count > 0 ? plus(unit, from, count) : running), grain(unit), DateHit.Shape.RANGE);
  }

  static ChronoUnit chrono(int unit) {
    return switch (unit) {
      case SECOND -> ChronoUnit.SECONDS;
      case MINUTE -> ChronoUnit.MINUTES;
      case HOUR -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
