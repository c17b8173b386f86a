package tasktracker.task.date;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Days and longer periods. Each rule reads a bounded number of tokens; the longest match wins. */
final class DateGrammar {

  private final Tokens tokens;
  private final Anchor anchor;
  private final List<IntFunction<@Nullable Hit>> rules;

  DateGrammar(Tokens tokens, Anchor anchor) {
    this.tokens = tokens;
    this.anchor = anchor;
    NumericDates numeric = new NumericDates(tokens, anchor);
    PeriodRules periods = new PeriodRules(tokens, anchor, this);
    OffsetRules offsets = new OffsetRules(tokens, anchor);
    this.rules = List.of(numeric::find, this::dayMonth, this::monthDay, this::month, this::relativeDay, this::weekday, this::dayOfMonth,
        this::year, this::holiday, periods::relative, periods::quarter, periods::nth, periods::edge, periods::season, offsets::find);
  }

  /** A date or a range of dates. */
  @Nullable
  Hit find(int i) {
    return longer(range(i), single(i));
  }

  @Nullable
  Hit single(int i) {
    Hit longest = null;
    for (IntFunction<@Nullable Hit> rule : rules) {
      longest = longer(rule.apply(i), longest);
    }
    return longest;
  }

  @Nullable
  private static Hit longer(@Nullable Hit first, @Nullable Hit second) {
    return first == null || second != null && second.to() >= first.to() ? second : first;
  }

  /** "13 - 15 July", "July 13-15", "from 13 to 15 July", "14.-15.10.", "10 серпня - 12 вересня". */
  @Nullable
  private Hit range(int i) {
    int from = tokens.skip(tokens.skip(i, Kind.FROM), Kind.THE);
    Hit range = dayToDate(from);
    if (range == null) {
      range = dateToDate(from, from > i);
    }
    return range;
  }

  @Nullable
  private Hit dayToDate(int i) {
    Tokens.Number day = tokens.day(i);
    if (day == null) {
      return null;
    }
    int to = separator(tokens.isGlued(day.to(), ".") ? day.to() + 1 : day.to());
    Hit last = to < 0 ? null : dayOfNamedMonth(tokens.skip(to, Kind.THE));
    if (last == null || last.start().getDayOfMonth() <= day.value()) {
      return null;
    }
    return days(last.to(), last.start().toLocalDate().withDayOfMonth(day.value()), last.start().toLocalDate());
  }

  @Nullable
  private Hit dayOfNamedMonth(int i) {
    Hit named = dayMonth(i);
    if (named == null && tokens.get(i).digits() > 0 && tokens.isGlued(i + 1, ".")) {
      named = numericEnd(i);
    }
    return named;
  }

  /** The last day of a range in digits; the range takes the place of the preposition. */
  @Nullable
  private Hit numericEnd(int i) {
    int day = tokens.get(i).number();
    int month = tokens.get(i + 2).number();
    if (day < 1 || day > 31 || month < 1 || month > 12 || tokens.get(i + 2).digits() != 2 || tokens.get(i).digits() != 2) {
      return null;
    }
    boolean dot = tokens.isGlued(i + 3, ".");
    Tokens.Number year = dot && tokens.get(i + 4).glued() ? tokens.year(i + 4) : null;
    LocalDate date = year == null ? anchor.nextMonthDay(month, day) : Anchor.date(year.value(), month, day);
    return date == null || !tokens.endsNumber(i + 3) && !dot
        ? null
        : anchor.day(year != null ? year.to() : dot ? i + 4 : i + 3, date, year == null ? Hit.Shape.MONTH_DAY : Hit.Shape.FULL);
  }

  private Hit days(int to, LocalDate first, LocalDate last) {
    return new Hit(to, anchor.at(first), anchor.at(last.plusDays(1)), Grain.DAY, Hit.Shape.RANGE);
  }

  @Nullable
  private Hit dateToDate(int i, boolean from) {
    Hit first = single(i);
    if ((first == null || first.grain() != Grain.DAY) && tokens.get(i).digits() == 2) {
      first = numericEnd(i);
    }
    int to = first == null || first.grain() != Grain.DAY ? -1 : separator(first.to());
    if (first == null || to < 0) {
      return null;
    }
    LocalDate start = first.start().toLocalDate();
    Tokens.Number day = first.shape() == Hit.Shape.MONTH_DAY || first.shape() == Hit.Shape.FULL ? lastDay(tokens.skip(to, Kind.THE)) : null;
    Hit last = single(tokens.skip(to, Kind.ON));
    if (last == null && tokens.get(to).digits() == 2) {
      last = numericEnd(to);
    }
    if (last != null && last.grain() == Grain.DAY) {
      return between(first, last, start);
    }
    return day == null || day.value() <= start.getDayOfMonth() || day.value() > start.lengthOfMonth()
        ? null
        : days(day.to(), start, start.withDayOfMonth(day.value()));
  }

  private Tokens.@Nullable Number lastDay(int i) {
    Token token = tokens.get(i);
    boolean joined = token.glued() && tokens.is(i - 1, "-");
    Tokens.Number day = joined && token.digits() > 0 && token.digits() <= 2 ? new Tokens.Number(i + 1, token.number()) : tokens.day(i);
    return day != null && tokens.endsNumber(day.to()) && !tokens.is(day.to(), ":") && !tokens.is(day.to(), Kind.AMPM) ? day : null;
  }

  @Nullable
  private Hit between(Hit first, Hit last, LocalDate start) {
    LocalDate end = last.start().toLocalDate();
    if (last.shape() == Hit.Shape.FULL && first.shape() == Hit.Shape.MONTH_DAY) {
      start = start.withYear(end.getYear());
      start = start.isAfter(end) ? start.minusYears(1) : start;
    }
    if (end.isBefore(start) && last.shape() == Hit.Shape.MONTH_DAY) {
      boolean running = first.shape() == Hit.Shape.MONTH_DAY && !start.minusYears(1).isAfter(anchor.today());
      start = running ? start.minusYears(1) : start;
      end = running ? end : end.plusYears(1);
    }
    if (end.isBefore(start) && last.shape() == Hit.Shape.WEEKDAY) {
      end = end.plusWeeks(1);
    }
    return end.isAfter(start) ? days(last.to(), start, end) : null;
  }

  private int separator(int i) {
    return tokens.is(i, Kind.TO) || tokens.is(i, "-") || tokens.is(i, "/") ? i + 1 : -1;
  }

  /** "15 лютого", "the 15th of February 2015", "31-Oct-74". */
  @Nullable
  private Hit dayMonth(int i) {
    Tokens.Number day = tokens.day(tokens.skip(i, Kind.THE));
    if (day == null) {
      return null;
    }
    int at = day.to();
    if (tokens.isGlued(at, "-") || tokens.isGlued(at, "/") || tokens.is(at, "of") || tokens.isGlued(at, ".")) {
      at++;
    }
    return tokens.is(at, Kind.MONTH)
        ? dated(afterShort(at), tokens.get(at).value(Kind.MONTH), day.value(), tokens.isGlued(at - 1, "-"))
        : null;
  }

  /** Past the word and the dot of an abbreviation. */
  private int afterShort(int i) {
    boolean dot = tokens.is(i, Kind.SHORT) && tokens.isGlued(i + 1, ".");
    return dot ? i + 2 : i + 1;
  }

  @Nullable
  private Hit dated(int i, int month, int day, boolean hyphens) {
    int at = tokens.is(i, ",") || hyphens && tokens.isGlued(i, "-") || tokens.isGlued(i, "/") ? i + 1 : i;
    Tokens.Number year = tokens.year(at);
    boolean shortYear = year != null && tokens.get(at).digits() == 2;
    if (year != null && !(shortYear && tokens.is(i, ","))) {
      LocalDate date = Anchor.date(year.value(), month, day);
      return date == null ? null : anchor.day(year.to(), date, Hit.Shape.FULL);
    }
    LocalDate date = anchor.nextMonthDay(month, day);
    return date == null ? null : anchor.day(i, date, Hit.Shape.MONTH_DAY);
  }

  /** "February 15", "february the 15th", "Feb13". */
  @Nullable
  private Hit monthDay(int i) {
    if (!tokens.is(i, Kind.MONTH) || tokens.get(i).isCyrillic()) {
      return null;
    }
    int at = tokens.skip(afterShort(i), Kind.THE);
    Token digits = tokens.get(at);
    boolean joined = digits.glued() && (tokens.is(at - 1, Kind.MONTH) || tokens.isGlued(at - 1, "."));
    boolean slash = tokens.isGlued(at, "/") && tokens.get(at + 1).glued();
    Tokens.Number day = joined && digits.digits() > 0 && digits.digits() <= 2
        ? new Tokens.Number(at + 1, digits.number())
        : tokens.day(slash ? at + 1 : at);
    if (day == null || day.value() < 1 || day.value() > 31 || tokens.is(day.to(), ":") || tokens.is(day.to(), Kind.AMPM)) {
      return null;
    }
    return dated(day.to(), tokens.get(i).value(Kind.MONTH), day.value(), false);
  }

  /** "в січні", "Oct 2014", "next March", "March in a year" is no such. */
  @Nullable
  Hit month(int i) {
    int at = tokens.is(i, Kind.REL) ? i + 1 : i;
    if (!tokens.is(at, Kind.MONTH) || isImpossibleDay(i - 1)) {
      return null;
    }
    int month = tokens.get(at).value(Kind.MONTH);
    int next = tokens.skip(afterShort(at), "of");
    boolean hyphen = tokens.isGlued(next, "-") || tokens.is(next, ",");
    Tokens.Number year = tokens.year(hyphen ? next + 1 : next);
    if (year != null && !(tokens.get(year.to() - 1).digits() == 2 && (hyphen || !tokens.get(at).isCyrillic()))) {
      return anchor.period(year.to(), Anchor.MONTH, LocalDate.of(year.value(), month, 1));
    }
    if (at == i && tokens.is(at, Kind.SHORT) && !isAcceptedAlone(at, afterShort(at))) {
      return null;
    }
    return anchor.period(afterShort(at), Anchor.MONTH, monthOf(i, at, month).atDay(1));
  }

  /** "32 August" is neither a day nor the month. */
  private boolean isImpossibleDay(int i) {
    return tokens.get(i).digits() > 0 && tokens.get(i).digits() <= 2 && tokens.get(i).number() < 40;
  }

  private YearMonth monthOf(int i, int at, int month) {
    YearMonth next = anchor.nextMonth(month);
    if (at > i && tokens.get(i).value(Kind.REL) < 0) {
      YearMonth running = YearMonth.from(anchor.today());
      return next.isBefore(running) ? next : next.minusYears(1);
    }
    return next;
  }

  /** An abbreviation, or a word such as "may", that is a date by what stands before it, or because it is all of the text. */
  private boolean isAcceptedAlone(int i, int to) {
    Token before = tokens.get(i - 1);
    boolean preposition = before.is(Kind.ON) || before.is(Kind.BEFORE) || before.is(Kind.AFTER) || before.is(Kind.REL) || before.is(Kind.OF)
        || before.is(Kind.TO) && !before.is("to") || before.is(Kind.FROM) || before.is(Kind.EDGE) || before.is(Kind.EDGE_ADJECTIVE);
    return preposition && before.isWord() || tokens.isAlone(i, to);
  }

  @Nullable
  private Hit relativeDay(int i) {
    if (tokens.is(i, Kind.NOW)) {
      return new Hit(i + 1, anchor.reference(), null, Grain.SECOND, Hit.Shape.OFFSET);
    }
    return tokens.is(i, Kind.RELDAY) ? anchor.day(i + 1, anchor.today().plusDays(tokens.get(i).value(Kind.RELDAY)), Hit.Shape.FULL) : null;
  }

  /** A day of the week with what says which one. */
  @Nullable
  private Hit weekday(int i) {
    int at = tokens.is(i, Kind.REL) ? i + 1 : i;
    if (!tokens.is(at, Kind.WEEKDAY)) {
      return lastWeeksDay(i);
    }
    int weekday = tokens.get(at).value(Kind.WEEKDAY);
    int to = tokens.is(at, Kind.SHORT) && tokens.isGlued(at + 1, ".") ? at + 2 : at + 1;
    if (at > i) {
      int rel = tokens.get(i).value(Kind.REL);
      return anchor.day(to, related(rel, weekday), Hit.Shape.FULL);
    }
    if (tokens.is(to, Kind.AFTER_NEXT)) {
      return anchor.day(to + 1, anchor.nextWeekday(weekday).plusWeeks(1), Hit.Shape.FULL);
    }
    Hit ofWeek = ofWeek(to, weekday);
    if (ofWeek != null) {
      return ofWeek;
    }
    return tokens.is(at, Kind.SHORT) && !isDated(at, to) ? null : anchor.day(to, anchor.nextWeekday(weekday), Hit.Shape.WEEKDAY);
  }

  /** "Next" is of the next week; "last" is the latest before today; "this" is the coming one. */
  private LocalDate related(int rel, int weekday) {
    return rel > 0 ? anchor.weekdayOfWeek(weekday, 1) : rel < 0 ? anchor.lastWeekday(weekday) : anchor.nextWeekday(weekday);
  }

  /** "понеділок цього тижня", "sunday from last week", "wednesday next week". */
  @Nullable
  private Hit ofWeek(int i, int weekday) {
    int at = tokens.is(i, Kind.OF) || tokens.is(i, Kind.ON) ? i + 1 : i;
    boolean week = tokens.is(at, Kind.REL) && tokens.get(at + 1).value(Kind.UNIT) == Anchor.WEEK;
    return week ? anchor.day(at + 2, anchor.weekdayOfWeek(weekday, tokens.get(at).value(Kind.REL)), Hit.Shape.FULL) : null;
  }

  /** "last week's sunday". */
  @Nullable
  private Hit lastWeeksDay(int i) {
    boolean week = tokens.is(i, Kind.REL) && tokens.is(i + 1, "week's") && tokens.is(i + 2, Kind.WEEKDAY);
    return week
        ? anchor.day(i + 3, anchor.weekdayOfWeek(tokens.get(i + 2).value(Kind.WEEKDAY), tokens.get(i).value(Kind.REL)),
            Hit.Shape.FULL)
        : null;
  }

  private boolean isDated(int at, int to) {
    int next = tokens.skip(to, ",");
    Token after = tokens.get(next);
    return isAcceptedAlone(at, to) || after.digits() > 0 || after.is(Kind.MONTH) || after.is(Kind.AT) || after.is(Kind.AT_WEAK)
        || after.is(Kind.PART) || after.is(Kind.THE) || tokens.is(at - 1, ",") || tokens.get(at - 1).is(Kind.PART);
  }

  /** "the 15th", "on the first", "15-го числа", "20 of next month", "19th of every month". */
  @Nullable
  private Hit dayOfMonth(int i) {
    boolean the = tokens.is(i, Kind.THE);
    Tokens.Number day = tokens.day(the ? i + 1 : i);
    if (day == null) {
      return null;
    }
    int at = tokens.get(day.to()).value(Kind.UNIT) == Anchor.DAY && tokens.ordinal(day.to() - 2) != null ? day.to() + 1 : day.to();
    Hit named = ofRelativeMonth(at, day.value());
    if (named != null) {
      return named;
    }
    boolean numeral = tokens.is(day.to(), Kind.NUMERAL);
    boolean ordinal = the && tokens.get(i + 1).digits() > 0 && tokens.ordinal(i + 1) != null && isOrdinalAlone(day.to())
        || tokens.is(i - 1, "on") && (tokens.ordinal(the ? i + 1 : i) != null || the) && isOrdinalAlone(day.to())
        || tokens.is(i - 1, Kind.WEEKDAY) && tokens.ordinal(the ? i + 1 : i) != null
        || (tokens.is(i - 1, Kind.BEFORE) && !tokens.get(i - 1).isCyrillic()) && tokens.ordinal(the ? i + 1 : i) != null
            && isOrdinalAlone(day.to()) && tokens.get(the ? i + 1 : i).digits() > 0;
    LocalDate date = numeral || ordinal ? anchor.nextDayOfMonth(day.value(), 0) : null;
    return date == null ? null : anchor.day(numeral ? day.to() + 1 : day.to(), date, Hit.Shape.DAY_OF_MONTH);
  }

  private boolean isOrdinalAlone(int i) {
    Token next = tokens.get(i);
    return tokens.isClauseEnd(i) || !next.senses().isEmpty() && !next.is(Kind.UNIT);
  }

  @Nullable
  private Hit ofRelativeMonth(int i, int day) {
    if (!tokens.is(i, Kind.OF)) {
      return null;
    }
    int at = tokens.skip(i + 1, Kind.THE);
    if (tokens.get(at + 1).value(Kind.UNIT) != Anchor.MONTH || !tokens.is(at, Kind.REL) && !tokens.is(at, Kind.EVERY)) {
      return null;
    }
    YearMonth month = YearMonth.from(anchor.today()).plusMonths(tokens.get(at).value(Kind.REL));
    LocalDate date = tokens.is(at, Kind.EVERY)
        ? anchor.nextDayOfMonth(day, 0)
        : Anchor.date(month.getYear(), month.getMonthValue(), day);
    return date == null ? null : anchor.day(at + 2, date, Hit.Shape.FULL);
  }

  /** "in 2014", "since 2014", "2014 року"; a bare number of four digits is no year. */
  @Nullable
  private Hit year(int i) {
    Tokens.Number year = tokens.get(i).digits() == 4 && tokens.beginsNumber(i) ? tokens.year(i) : null;
    Token before = tokens.get(i - 1);
    boolean task = anchor.mode() == Mode.TASK;
    boolean said = year != null
        && (tokens.get(year.to() - 1).is(Kind.UNIT) || before.is("year") || !task && (before.is("in") || before.is("during")
            || before.is(Kind.AFTER) && !before.isCyrillic() || (before.is(Kind.BEFORE) || before.is("through")) && !before.isCyrillic()));
    return year != null && said ? anchor.period(year.to(), Anchor.YEAR, LocalDate.of(year.value(), 1, 1)) : null;
  }

  /** Holidays with a fixed date, those on a day of the week, and those that depend on Easter. */
  @Nullable
  private Hit holiday(int i) {
    int at = tokens.is(i, Kind.REL) ? i + 1 : i;
    if (!tokens.is(at, Kind.HOLIDAY)) {
      return null;
    }
    Holiday holiday = new Holiday(tokens.get(at).value(Kind.HOLIDAY));
    int next = tokens.is(at + 1, "of") || tokens.is(at + 1, "in") || tokens.is(at + 1, "day") ? at + 2 : at + 1;
    Tokens.Number year = tokens.get(next).digits() == 4 ? tokens.year(next) : null;
    if (year != null) {
      return anchor.day(year.to(), holiday.in(year.value()), Hit.Shape.FULL);
    }
    boolean last = at > i && tokens.get(i).value(Kind.REL) < 0;
    int to = tokens.is(at + 1, "day") ? at + 2 : at + 1;
    return anchor.day(to, last ? holiday.before(anchor.today()) : holiday.from(anchor.today()), Hit.Shape.FULL);
  }

  /** A weekday before or after a date chooses the year or month in which it fits. */
  @Nullable
  Hit merge(Hit first, Hit second) {
    if (first.shape() != Hit.Shape.WEEKDAY && second.shape() != Hit.Shape.WEEKDAY) {
      return null;
    }
    Hit date = first.shape() == Hit.Shape.WEEKDAY ? second : first;
    int weekday = (first.shape() == Hit.Shape.WEEKDAY ? first : second).start().getDayOfWeek().getValue();
    LocalDate day = date.start().toLocalDate();
    LocalDate fitting = switch (date.shape()) {
      case MONTH_DAY -> anchor.onWeekday(day.getMonthValue(), day.getDayOfMonth(), weekday);
      case DAY_OF_MONTH -> anchor.nextDayOfMonth(day.getDayOfMonth(), weekday);
      case FULL -> date.grain() == Grain.DAY ? day : null;
      default -> null;
    };
    // A weekday that does not fit is a slip of the pen more often than the date is.
    return date.grain() != Grain.DAY || date.shape() == Hit.Shape.WEEKDAY || date.shape() == Hit.Shape.RANGE
        ? null
        : new Hit(second.to(), anchor.at(fitting == null ? day : fitting), null, Grain.DAY, Hit.Shape.FULL);
  }

  static ZonedDateTime shift(ZonedDateTime from, int unit, long count) {
    return unit <= Anchor.HOUR
        ? from.plus(count, Anchor.chrono(unit))
        : from.plusDays(ChronoUnit.DAYS.between(from.toLocalDate(), Anchor.plus(unit, from.toLocalDate(), count)));
  }
}
