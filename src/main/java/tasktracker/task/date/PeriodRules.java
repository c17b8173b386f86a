package tasktracker.task.date;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;

/** Weeks, months, quarters, seasons and years, and days that are counted within them. */
final class PeriodRules {

  private final Tokens tokens;
  private final Anchor anchor;
  private final DateGrammar dates;

  PeriodRules(Tokens tokens, Anchor anchor, DateGrammar dates) {
    this.tokens = tokens;
    this.anchor = anchor;
    this.dates = dates;
  }

  /** "this week", "наступного місяця", "last 2 days", "наступні три години", "in these days" is no such. */
  @Nullable
  DateHit relative(int i) {
    if (!tokens.is(i, TokenKind.REL)) {
      return weekdayless(i);
    }
    int rel = tokens.get(i).value(TokenKind.REL);
    int unit = tokens.get(i + 1).value(TokenKind.UNIT);
    if (unit >= Anchor.WEEK) {
      return relativeUnit(i + 2, unit, rel);
    }
    Tokens.Number count = tokens.smallNumber(i + 1);
    int counted = count == null ? 0 : tokens.get(count.to()).value(TokenKind.UNIT);
    boolean run = rel != 0 && count != null && count.value() > 0 && counted > 0 && counted <= Anchor.YEAR;
    if (run && count != null && tokens.is(i, TokenKind.UPCOMING) && counted >= Anchor.DAY) {
      return upcoming(count.to() + 1, counted, count.value());
    }
    return run && count != null ? anchor.run(count.to() + 1, counted, rel * count.value()) : null;
  }

  /** "Two upcoming weeks" and "the upcoming two weeks" are over with the second. */
  private DateHit upcoming(int to, int unit, int count) {
    return unit == Anchor.DAY ? anchor.day(to, anchor.today().plusDays(count), DateHit.Shape.FULL) : anchor.period(to, unit, count);
  }

  private DateHit relativeUnit(int to, int unit, int rel) {
    return anchor.period(to, unit, rel);
  }

  @Nullable
  private DateHit weekdayless(int i) {
    Tokens.Number count = tokens.smallNumber(i);
    int counted = count == null || !tokens.is(count.to(), TokenKind.UPCOMING) ? 0 : tokens.get(count.to() + 1).value(TokenKind.UNIT);
    if (count != null && counted >= Anchor.DAY && counted <= Anchor.YEAR) {
      return upcoming(count.to() + 2, counted, count.value());
    }
    boolean weekend = tokens.get(i).value(TokenKind.UNIT) == Anchor.WEEKEND
        && (tokens.is(i - 1, TokenKind.ON) || tokens.is(i - 1, TokenKind.BEFORE) || tokens.is(i - 1, TokenKind.AFTER)
            || tokens.is(i - 1, TokenKind.THE));
    return weekend ? anchor.period(i + 1, Anchor.WEEKEND, anchor.today().getDayOfWeek().getValue() > 5 ? 1 : 0) : null;
  }

  /** "third quarter", "четвертий квартал 2018", "Q3", "2018Q4". */
  @Nullable
  DateHit quarter(int i) {
    int at = tokens.skip(i, TokenKind.THE);
    Tokens.Number ordinal = tokens.ordinal(at);
    if (ordinal != null && ordinal.value() <= 4 && tokens.get(ordinal.to()).value(TokenKind.UNIT) == Anchor.QUARTER) {
      return quarterOf(tokens.skip(ordinal.to() + 1, "of"), ordinal.value());
    }
    int q = tokens.get(i + 1).number();
    if (tokens.is(i, "q") && q >= 1 && q <= 4 && tokens.get(i + 1).digits() == 1) {
      return quarterOf(tokens.skip(i + 2, "of"), q);
    }
    return null;
  }

  private DateHit quarterOf(int i, int quarter) {
    Tokens.Number year = tokens.get(i).digits() == 4 ? tokens.year(i) : null;
    LocalDate start = LocalDate.of(year == null ? anchor.today().getYear() : year.value(), quarter * 3 - 2, 1);
    return anchor.period(year == null ? tokens.is(i - 1, "of") ? i - 1 : i : year.to(), Anchor.QUARTER, start);
  }

  /** "last Monday of March", "third day in October", "the second last week of 2018", "перша середа жовтня 2014". */
  @Nullable
  DateHit nth(int i) {
    int at = tokens.skip(i, TokenKind.THE);
    Tokens.Number count = tokens.ordinal(at);
    at = count == null ? at : count.to();
    boolean last = tokens.get(at).value(TokenKind.REL) < 0 && tokens.is(at, TokenKind.REL);
    at = last ? at + 1 : at;
    if (count == null && !last) {
      return null;
    }
    int n = count == null ? 1 : count.value();
    int weekday = tokens.get(at).value(TokenKind.WEEKDAY);
    int unit = tokens.get(at).value(TokenKind.UNIT);
    DateHit period = weekday > 0 || unit == Anchor.DAY || unit == Anchor.WEEK || unit == Anchor.WEEKEND ? container(at + 1) : null;
    return period == null || period.end() == null ? null : counted(period, period.end().toLocalDate(), n, last, weekday, unit);
  }

  @Nullable
  private DateHit container(int i) {
    int at = tokens.is(i, TokenKind.OF) || tokens.is(i, "of") ? i + 1 : i;
    DateHit named = namedPeriod(tokens.skip(at, TokenKind.THE));
    return named != null && (named.grain() == Grain.MONTH || named.grain() == Grain.YEAR || named.grain() == Grain.QUARTER) ? named : null;
  }

  /** A month, a year, "this month", "the month". */
  @Nullable
  private DateHit namedPeriod(int i) {
    DateHit month = dates.month(i);
    if (month != null) {
      return month;
    }
    Tokens.Number year = tokens.get(i).digits() == 4 ? tokens.year(i) : null;
    if (year != null) {
      return anchor.period(year.to(), Anchor.YEAR, LocalDate.of(year.value(), 1, 1));
    }
    int unit = tokens.get(i).value(TokenKind.UNIT);
    return unit >= Anchor.WEEK && unit <= Anchor.YEAR ? anchor.period(i + 1, unit, 0) : tokens.is(i, TokenKind.REL) ? relative(i) : null;
  }

  @Nullable
  private DateHit counted(DateHit period, LocalDate end, int n, boolean last, int weekday, int unit) {
    LocalDate start = period.start().toLocalDate();
    if (weekday > 0) {
      DayOfWeek day = DayOfWeek.of(weekday);
      LocalDate date = last
          ? end.with(TemporalAdjusters.previous(day)).minusWeeks(n - 1L)
          : start.with(TemporalAdjusters.nextOrSame(day)).plusWeeks(n - 1L);
      return inside(date, start, end) ? anchor.day(period.to(), date, DateHit.Shape.FULL) : null;
    }
    if (unit == Anchor.DAY) {
      LocalDate date = last ? end.minusDays(n) : start.plusDays(n - 1L);
      return inside(date, start, end) ? anchor.day(period.to(), date, DateHit.Shape.FULL) : null;
    }
    return countedWeek(period.to(), start, end, last ? -n : n, unit);
  }

  private static boolean inside(LocalDate date, LocalDate start, LocalDate end) {
    return !date.isBefore(start) && date.isBefore(end);
  }

  /** The weeks of a period are those that lie in it as a whole; its weekends are those that begin in it. */
  @Nullable
  private DateHit countedWeek(int to, LocalDate start, LocalDate end, int n, int unit) {
    DayOfWeek first = unit == Anchor.WEEKEND ? DayOfWeek.SATURDAY : DayOfWeek.MONDAY;
    LocalDate lastOne = unit == Anchor.WEEKEND ? end : end.minusDays(6);
    LocalDate date = n < 0
        ? lastOne.with(TemporalAdjusters.previous(first)).plusWeeks(n + 1L)
        : start.with(TemporalAdjusters.nextOrSame(first)).plusWeeks(n - 1L);
    return inside(date, start, end) ? anchor.period(to, unit, date) : null;
  }

  /** "наприкінці місяця", "the beginning of next week", "mid March", "EOD". */
  @Nullable
  DateHit edge(int i) {
    int at = tokens.skip(i, TokenKind.THE);
    if (tokens.is(at, TokenKind.EOD) || tokens.is(at, TokenKind.BOD)) {
      return abbreviated(at);
    }
    if (tokens.is(at, TokenKind.EDGE_ADJECTIVE) && tokens.is(at + 1, TokenKind.MONTH)) {
      DateHit month = dates.month(at + 1);
      return month == null ? null : cut(month, Anchor.MONTH, tokens.get(at).value(TokenKind.EDGE_ADJECTIVE));
    }
    if (!tokens.is(at, TokenKind.EDGE)) {
      return null;
    }
    int of = tokens.is(at + 1, TokenKind.OF) ? at + 2 : at + 1;
    of = tokens.skip(of, TokenKind.THE);
    int edge = tokens.get(at).value(TokenKind.EDGE);
    DateHit day = endOfDay(of, edge);
    if (day != null) {
      return day;
    }
    DateHit period = namedPeriod(of);
    return period == null || period.end() == null ? null : cut(period, unit(period), edge);
  }

  @Nullable
  private DateHit endOfDay(int i, int edge) {
    boolean today = tokens.get(i).value(TokenKind.UNIT) == Anchor.DAY;
    boolean said = tokens.is(i, TokenKind.RELDAY);
    boolean rel = tokens.is(i, TokenKind.REL) && tokens.get(i + 1).value(TokenKind.UNIT) == Anchor.DAY;
    if (edge != 3 || !today && !said && !rel) {
      return null;
    }
    int days = said ? tokens.get(i).value(TokenKind.RELDAY) : rel ? tokens.get(i).value(TokenKind.REL) : 0;
    LocalDate date = anchor.today().plusDays(days);
    return new DateHit(rel ? i + 2 : i + 1, anchor.at(date), anchor.at(date.plusDays(1)), Grain.DAY, DateHit.Shape.EDGE);
  }

  private DateHit abbreviated(int i) {
    boolean end = tokens.is(i, TokenKind.EOD);
    int unit = tokens.get(i).value(end ? TokenKind.EOD : TokenKind.BOD);
    DateHit period = anchor.period(i + 1, unit, 0);
    return unit == Anchor.DAY
        ? new DateHit(i + 1, period.start(), period.end(), Grain.DAY, DateHit.Shape.EDGE)
        : cut(period, unit, end ? 3 : 1);
  }

  private static int unit(DateHit period) {
    return switch (period.grain()) {
      case WEEK -> Anchor.WEEK;
      case MONTH -> Anchor.MONTH;
      case QUARTER -> Anchor.QUARTER;
      default -> Anchor.YEAR;
    };
  }

  /** The first, middle or last ten days of a month, three of a week, month of a quarter, three months (at the end four) of a year. */
  private DateHit cut(DateHit period, int unit, int edge) {
    LocalDate start = period.start().toLocalDate();
    LocalDate end = Anchor.plus(unit, start, 1);
    LocalDate first = switch (edge) {
      case 1 -> start;
      case 2 -> unit == Anchor.MONTH ? start.plusDays(10) : unit == Anchor.WEEK ? start.plusDays(2) : plusMonths(start, unit, 1, 5);
      default -> unit == Anchor.MONTH ? start.plusDays(20) : unit == Anchor.WEEK ? start.plusDays(4) : plusMonths(start, unit, 2, 8);
    };
    LocalDate last = switch (edge) {
      case 1 -> unit == Anchor.MONTH ? start.plusDays(10) : unit == Anchor.WEEK ? start.plusDays(3) : plusMonths(start, unit, 1, 3);
      case 2 -> unit == Anchor.MONTH ? start.plusDays(20) : unit == Anchor.WEEK ? start.plusDays(4) : plusMonths(start, unit, 2, 7);
      default -> end;
    };
    return new DateHit(period.to(), anchor.at(first), anchor.at(last), unit >= Anchor.QUARTER ? Grain.MONTH : Grain.DAY,
        DateHit.Shape.EDGE);
  }

  private static LocalDate plusMonths(LocalDate start, int unit, int inQuarter, int inYear) {
    return start.plusMonths(unit == Anchor.QUARTER ? inQuarter : inYear);
  }

  /** Seasons by months: spring is from March to May. */
  @Nullable
  DateHit season(int i) {
    int at = tokens.is(i, TokenKind.REL) ? i + 1 : i;
    int season = tokens.get(at).value(TokenKind.SEASON);
    boolean said = at > i || tokens.is(i - 1, TokenKind.ON) || tokens.is(i - 1, TokenKind.BEFORE) || tokens.isAlone(i, i + 1);
    if (season == 0 || !said) {
      return null;
    }
    YearMonth start = YearMonth.of(anchor.today().getYear(), season * 3);
    if (YearMonth.from(anchor.today()).isAfter(start.plusMonths(2))) {
      start = start.plusYears(1);
    }
    if (season == 4 && anchor.today().getMonthValue() < 3) {
      start = start.minusYears(1);
    }
    start = start.plusYears(tokens.get(i).value(TokenKind.REL) < 0 ? -1 : 0);
    return new DateHit(at + 1, anchor.at(start.atDay(1)), anchor.at(start.plusMonths(3).atDay(1)), Grain.SEASON, DateHit.Shape.FULL);
  }
}
