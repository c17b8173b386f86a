package tasktracker.task.date;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/**
 * A holiday of the Gregorian calendar.
 *
 * @param code the month and day; or 20000 + month, day of the week and its count; or 30000 + the days from Easter Sunday; or
 *     40001 for the day after Thanksgiving
 */
record Holiday(int code) {

  private static final int THANKSGIVING = 21144;

  LocalDate in(int year) {
    if (code > 40000) {
      return new Holiday(THANKSGIVING).in(year).plusDays(1);
    }
    if (code > 25000) {
      return easter(year).plusDays(code - 30000L);
    }
    if (code > 20000) {
      LocalDate month = LocalDate.of(year, code / 100 % 100, 1);
      return month.with(TemporalAdjusters.dayOfWeekInMonth(code % 10, DayOfWeek.of(code / 10 % 10)));
    }
    return LocalDate.of(year, code / 100, code % 100);
  }

  LocalDate from(LocalDate day) {
    LocalDate date = in(day.getYear());
    return date.isBefore(day) ? in(day.getYear() + 1) : date;
  }

  LocalDate before(LocalDate day) {
    LocalDate date = in(day.getYear());
    return date.isBefore(day) ? date : in(day.getYear() - 1);
  }

  /** The Gregorian computus in the form of Meeus, Jones and Butcher. */
  private static LocalDate easter(int year) {
    int century = year / 100;
    int golden = year % 19;
    int correction = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - correction - year % 100 % 4) % 7;
    int shift = (golden + 11 * correction + 22 * weekday) / 451;
    int days = correction + weekday - 7 * shift + 114;
    return LocalDate.of(year, days / 31, days % 31 + 1);
  }
}
