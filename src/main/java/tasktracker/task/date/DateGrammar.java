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
  private final List<IntFunction<@Nullable DateHit>> rules;

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
  DateHit find(int i) {
    return longer(range(i), single(i));
  }

  @Nullable
  DateHit single(int i) {
    DateHit longest = null;
    for (IntFunction<@Nullable DateHit> rule : rules) {
      longest = longer(rule.apply(i), longest);
    }
    return longest;
  }

  @Nullable
  private static DateHit longer(@Nullable DateHit first, @Nullable DateHit second) {
    return first == null || second != null && second.to() >= first.to() ? second : first;
  }

  /** "13 - 15 July", "July 13-15", "from 13 to 15 July", "14.-15.10.", "10 серпня - 12 вересня". */
  @Nullable
  private DateHit range(int i) {
    int from = tokens.skip(tokens.skip(i, TokenKind.FROM), TokenKind.THE);
    DateHit range = dayToDate(from);
    if (range == null) {
      range = dateToDate(from, from > i);
    }
    return range;
  }

  @Nullable
  private DateHit dayToDate(int i) {
    Tokens.Number day = tokens.day(i);
    if (day == null) {
      return null;
    }
    int to = separator(tokens.isGlued(day.to(), ".") ? day.to() + 1 : day.to());
    DateHit last = to < 0 ? null : dayOfNamedMonth(tokens.skip(to, TokenKind.THE));
    if (last == null || last.start().getDayOfMonth() <= day.value()) {
      return null;
    }
    return days(last.to(), last.start().toLocalDate().withDayOfMonth(day.value()), last.start().toLocalDate());
  }

  @Nullable
  private DateHit dayOfNamedMonth(int i) {
    DateHit named = dayMonth(i);
    if (named == null && tokens.get(i).digits() > 0 && tokens.isGlued(i + 1, ".")) {
      named = numericEnd(i);
    }
    return named;
  }

  /** The last day of a range in digits; the range takes the place of the preposition. */
  @Nullable
  private DateHit numericEnd(int i) {
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
        : anchor.day(year != null ? year.to() : dot ? i + 4 : i + 3, date, year == null ? DateHit.Shape.MONTH_DAY : DateHit.Shape.FULL);
  }

  private DateHit days(int to, LocalDate first, LocalDate last) {
    return new DateHit(to, anchor.at(first), anchor.at(last.plusDays(1)), Grain.DAY, DateHit.Shape.RANGE);
  }

  @Nullable
  private DateHit dateToDate(int i, boolean from) {
    DateHit first = single(i);
    if ((first == null || first.grain() != Grain.DAY) && tokens.get(i).digits() == 2) {
      first = numericEnd(i);
    }
    int to = first == null || first.grain() != Grain.DAY ? -1 : separator(first.to());
    if (first == null || to < 0) {
      return null;
    }
    LocalDate start = first.start().toLocalDate();
    Tokens.Number day = first.shape() == DateHit.Shape.MONTH_DAY || first.shape() == DateHit.Shape.FULL
        ? lastDay(tokens.skip(to, TokenKind.THE))
        : null;
    DateHit last = single(tokens.skip(to, TokenKind.ON));
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
    return day != null && tokens.endsNumber(day.to()) && !tokens.is(day.to(), ":") && !tokens.is(day.to(), TokenKind.AMPM) ? day : null;
  }

  @Nullable
  private DateHit between(DateHit first, DateHit last, LocalDate start) {
    LocalDate end = last.start().toLocalDate();
    if (last.shape() == DateHit.Shape.FULL && first.shape() == DateHit.Shape.MONTH_DAY) {
      start = start.withYear(end.getYear());
      start = start.isAfter(end) ? start.minusYears(1) : start;
    }
    if (end.isBefore(start) && last.shape() == DateHit.Shape.MONTH_DAY) {
      boolean running = first.shape() == DateHit.Shape.MONTH_DAY && !start.minusYears(1).isAfter(anchor.today());
      start = running ? start.minusYears(1) : start;
      end = running ? end : end.plusYears(1);
    }
    if (end.isBefore(start) && last.shape() == DateHit.Shape.WEEKDAY) {
      end = end.plusWeeks(1);
    }
    return end.isAfter(start) ? days(last.to(), start, end) : null;
  }

  private int separator(int i) {
    return tokens.is(i, TokenKind.TO) || tokens.is(i, "-") || tokens.is(i, "/") ? i + 1 : -1;
  }

  /** "15 лютого", "the 15th of February 2015", "31-Oct-74". */
  @Nullable
  private DateHit dayMonth(int i) {
    Tokens.Number day = tokens.day(tokens.skip(i, TokenKind.THE));
    if (day == null) {
      return null;
    }
    int at = day.to();
    if (tokens.isGlued(at, "-") || tokens.isGlued(at, "/") || tokens.is(at, "of") || tokens.isGlued(at, ".")) {
      at++;
    }
    return tokens.is(at, TokenKind.MONTH)
        ? dated(afterShort(at), tokens.get(at).value(TokenKind.MONTH), day.value(), tokens.isGlued(at - 1, "-"))
        : null;
  }

  /** Past the word and the dot of an abbreviation. */
  private int afterShort(int i) {
    boolean dot = tokens.is(i, TokenKind.SHORT) && tokens.isGlued(i + 1, ".");
    return dot ? i + 2 : i + 1;
  }

  @Nullable
  private DateHit dated(int i, int month, int day, boolean hyphens) {
    int at = tokens.is(i, ",") || hyphens && tokens.isGlued(i, "-") || tokens.isGlued(i, "/") ? i + 1 : i;
    Tokens.Number year = tokens.year(at);
    boolean shortYear = year != null && tokens.get(at).digits() == 2;
    if (year != null && !(shortYear && tokens.is(i, ","))) {
      LocalDate date = Anchor.date(year.value(), month, day);
      return date == null ? null : anchor.day(year.to(), date, DateHit.Shape.FULL);
    }
    LocalDate date = anchor.nextMonthDay(month, day);
    return date == null ? null : anchor.day(i, date, DateHit.Shape.MONTH_DAY);
  }

  /** "February 15", "february the 15th", "Feb13". */
  @Nullable
  private DateHit monthDay(int i) {
    if (!tokens.is(i, TokenKind.MONTH) || tokens.get(i).isCyrillic()) {
      return null;
    }
    int at = tokens.skip(afterShort(i), TokenKind.THE);
    Token digits = tokens.get(at);
    boolean joined = digits.glued() && (tokens.is(at - 1, TokenKind.MONTH) || tokens.isGlued(at - 1, "."));
    boolean slash = tokens.isGlued(at, "/") && tokens.get(at + 1).glued();
    Tokens.Number day = joined && digits.digits() > 0 && digits.digits() <= 2
        ? new Tokens.Number(at + 1, digits.number())
        : tokens.day(slash ? at + 1 : at);
    if (day == null || day.value() < 1 || day.value() > 31 || tokens.is(day.to(), ":") || tokens.is(day.to(), TokenKind.AMPM)) {
      return null;
    }
    return dated(day.to(), tokens.get(i).value(TokenKind.MONTH), day.value(), false);
  }

  /** "в січні", "Oct 2014", "next March", "March in a year" is no such. */
  @Nullable
  DateHit month(int i) {
    int at = tokens.is(i, TokenKind.REL) ? i + 1 : i;
    if (!tokens.is(at, TokenKind.MONTH) || isImpossibleDay(i - 1)) {
      return null;
    }
    int month = tokens.get(at).value(TokenKind.MONTH);
    int next = tokens.skip(afterShort(at), "of");
    boolean hyphen = tokens.isGlued(next, "-") || tokens.is(next, ",");
    Tokens.Number year = tokens.year(hyphen ? next + 1 : next);
    if (year != null && !(tokens.get(year.to() - 1).digits() == 2 && (hyphen || !tokens.get(at).isCyrillic()))) {
      return anchor.period(year.to(), Anchor.MONTH, LocalDate.of(year.value(), month, 1));
    }
    if (at == i && tokens.is(at, TokenKind.SHORT) && !isAcceptedAlone(at, afterShort(at))) {
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
    if (at > i && tokens.get(i).value(TokenKind.REL) < 0) {
      YearMonth running = YearMonth.from(anchor.today());
      return next.isBefore(running) ? next : next.minusYears(1);
    }
    return next;
  }

  /** An abbreviation, or a word such as "may", that is a date by what stands before it, or because it is all of the text. */
  private boolean isAcceptedAlone(int i, int to) {
    Token before = tokens.get(i - 1);
    boolean preposition = before.is(TokenKind.ON) || before.is(TokenKind.BEFORE) || before.is(TokenKind.AFTER) || before.is(TokenKind.REL)
        || before.is(TokenKind.OF)
        || before.is(TokenKind.TO) && !before.is("to") || before.is(TokenKind.FROM) || before.is(TokenKind.EDGE)
        || before.is(TokenKind.EDGE_ADJECTIVE);
    return preposition && before.isWord() || tokens.isAlone(i, to);
  }

  @Nullable
  private DateHit relativeDay(int i) {
    if (tokens.is(i, TokenKind.NOW)) {
      return new DateHit(i + 1, anchor.reference(), null, Grain.SECOND, DateHit.Shape.OFFSET);
    }
    return tokens.is(i, TokenKind.RELDAY)
        ? anchor.day(i + 1, anchor.today().plusDays(tokens.get(i).value(TokenKind.RELDAY)), DateHit.Shape.FULL)
        : null;
  }

  /** A day of the week with what says which one. */
  @Nullable
  private DateHit weekday(int i) {
    int at = tokens.is(i, TokenKind.REL) ? i + 1 : i;
    if (!tokens.is(at, TokenKind.WEEKDAY)) {
      return lastWeeksDay(i);
    }
    int weekday = tokens.get(at).value(TokenKind.WEEKDAY);
    int to = tokens.is(at, TokenKind.SHORT) && tokens.isGlued(at + 1, ".") ? at + 2 : at + 1;
    if (at > i) {
      int rel = tokens.get(i).value(TokenKind.REL);
      return anchor.day(to, related(rel, weekday), DateHit.Shape.FULL);
    }
    if (tokens.is(to, TokenKind.AFTER_NEXT)) {
      return anchor.day(to + 1, anchor.nextWeekday(weekday).plusWeeks(1), DateHit.Shape.FULL);
    }
    DateHit ofWeek = ofWeek(to, weekday);
    if (ofWeek != null) {
      return ofWeek;
    }
    return tokens.is(at, TokenKind.SHORT) && !isDated(at, to) ? null : anchor.day(to, anchor.nextWeekday(weekday), DateHit.Shape.WEEKDAY);
  }

  /** "Next" is of the next week; "last" is the latest before today; "this" is the coming one. */
  private LocalDate related(int rel, int weekday) {
    return rel > 0 ? anchor.weekdayOfWeek(weekday, 1) : rel < 0 ? anchor.lastWeekday(weekday) : anchor.nextWeekday(weekday);
  }

  /** "понеділок цього тижня", "sunday from last week", "wednesday next week". */
  @Nullable
  private DateHit ofWeek(int i, int weekday) {
    int at = tokens.is(i, TokenKind.OF) || tokens.is(i, TokenKind.ON) ? i + 1 : i;
    boolean week = tokens.is(at, TokenKind.REL) && tokens.get(at + 1).value(TokenKind.UNIT) == Anchor.WEEK;
    return week ? anchor.day(at + 2, anchor.weekdayOfWeek(weekday, tokens.get(at).value(TokenKind.REL)), DateHit.Shape.FULL) : null;
  }

  /** "last week's sunday". */
  @Nullable
  private DateHit lastWeeksDay(int i) {
    boolean week = tokens.is(i, TokenKind.REL) && tokens.is(i + 1, "week's") && tokens.is(i + 2, TokenKind.WEEKDAY);
    return week
        ? anchor.day(i + 3, anchor.weekdayOfWeek(tokens.get(i + 2).value(TokenKind.WEEKDAY), tokens.get(i).value(TokenKind.REL)),
            DateHit.Shape.FULL)
        : null;
  }

  private boolean isDated(int at, int to) {
    int next = tokens.skip(to, ",");
    Token after = tokens.get(next);
    return isAcceptedAlone(at, to) || after.digits() > 0 || after.is(TokenKind.MONTH) || after.is(TokenKind.AT)
        || after.is(TokenKind.AT_WEAK)
        || after.is(TokenKind.PART) || after.is(TokenKind.THE) || tokens.is(at - 1, ",") || tokens.get(at - 1).is(TokenKind.PART);
  }

  /** "the 15th", "on the first", "15-го числа", "20 of next month", "19th of every month". */
  @Nullable
  private DateHit dayOfMonth(int i) {
    boolean the = tokens.is(i, TokenKind.THE);
    Tokens.Number day = tokens.day(the ? i + 1 : i);
    if (day == null) {
      return null;
    }
    int at = tokens.get(day.to()).value(TokenKind.UNIT) == Anchor.DAY && tokens.ordinal(day.to() - 2) != null ? day.to() + 1 : day.to();
    DateHit named = ofRelativeMonth(at, day.value());
    if (named != null) {
      return named;
    }
    boolean numeral = tokens.is(day.to(), TokenKind.NUMERAL);
    boolean ordinal = the && tokens.get(i + 1).digits() > 0 && tokens.ordinal(i + 1) != null && isOrdinalAlone(day.to())
        || tokens.is(i - 1, "on") && (tokens.ordinal(the ? i + 1 : i) != null || the) && isOrdinalAlone(day.to())
        || tokens.is(i - 1, TokenKind.WEEKDAY) && tokens.ordinal(the ? i + 1 : i) != null
        || (tokens.is(i - 1, TokenKind.BEFORE) && !tokens.get(i - 1).isCyrillic()) && tokens.ordinal(the ? i + 1 : i) != null
            && isOrdinalAlone(day.to()) && tokens.get(the ? i + 1 : i).digits() > 0;
    LocalDate date = numeral || ordinal ? anchor.nextDayOfMonth(day.value(), 0) : null;
    return date == null ? null : anchor.day(numeral ? day.to() + 1 : day.to(), date, DateHit.Shape.DAY_OF_MONTH);
  }

  private boolean isOrdinalAlone(int i) {
    Token next = tokens.get(i);
    return tokens.isClauseEnd(i) || !next.senses().isEmpty() && !next.is(TokenKind.UNIT);
  }

  @Nullable
  private DateHit ofRelativeMonth(int i, int day) {
    if (!tokens.is(i, TokenKind.OF)) {
      return null;
    }
    int at = tokens.skip(i + 1, TokenKind.THE);
    if (tokens.get(at + 1).value(TokenKind.UNIT) != Anchor.MONTH || !tokens.is(at, TokenKind.REL) && !tokens.is(at, TokenKind.EVERY)) {
      return null;
    }
    YearMonth month = YearMonth.from(anchor.today()).plusMonths(tokens.get(at).value(TokenKind.REL));
    LocalDate date = tokens.is(at, TokenKind.EVERY)
        ? anchor.nextDayOfMonth(day, 0)
        : Anchor.date(month.getYear(), month.getMonthValue(), day);
    return date == null ? null : anchor.day(at + 2, date, DateHit.Shape.FULL);
  }

  /** "in 2014", "since 2014", "2014 року"; a bare number of four digits is no year. */
  @Nullable
  private DateHit year(int i) {
    Tokens.Number year = tokens.get(i).digits() == 4 && tokens.beginsNumber(i) ? tokens.year(i) : null;
    Token before = tokens.get(i - 1);
    boolean task = anchor.mode() == Mode.TASK;
    boolean said = year != null
        && (tokens.get(year.to() - 1).is(TokenKind.UNIT) || before.is("year") || !task && (before.is("in") || before.is("during")
            || before.is(TokenKind.AFTER) && !before.isCyrillic()
            || (before.is(TokenKind.BEFORE) || before.is("through")) && !before.isCyrillic()));
    return year != null && said ? anchor.period(year.to(), Anchor.YEAR, LocalDate.of(year.value(), 1, 1)) : null;
  }

  /** Holidays with a fixed date, those on a day of the week, and those that depend on Easter. */
  @Nullable
  private DateHit holiday(int i) {
    int at = tokens.is(i, TokenKind.REL) ? i + 1 : i;
    if (!tokens.is(at, TokenKind.HOLIDAY)) {
      return null;
    }
    Holiday holiday = new Holiday(tokens.get(at).value(TokenKind.HOLIDAY));
    int next = tokens.is(at + 1, "of") || tokens.is(at + 1, "in") || tokens.is(at + 1, "day") ? at + 2 : at + 1;
    Tokens.Number year = tokens.get(next).digits() == 4 ? tokens.year(next) : null;
    if (year != null) {
      return anchor.day(year.to(), holiday.in(year.value()), DateHit.Shape.FULL);
    }
    boolean last = at > i && tokens.get(i).value(TokenKind.REL) < 0;
    int to = tokens.is(at + 1, "day") ? at + 2 : at + 1;
    return anchor.day(to, last ? holiday.before(anchor.today()) : holiday.from(anchor.today()), DateHit.Shape.FULL);
  }

  /** A weekday before or after a date chooses the year or month in which it fits. */
  @Nullable
  DateHit merge(DateHit first, DateHit second) {
    if (first.shape() != DateHit.Shape.WEEKDAY && second.shape() != DateHit.Shape.WEEKDAY) {
      return null;
    }
    DateHit date = first.shape() == DateHit.Shape.WEEKDAY ? second : first;
    int weekday = (first.shape() == DateHit.Shape.WEEKDAY ? first : second).start().getDayOfWeek().getValue();
    LocalDate day = date.start().toLocalDate();
    LocalDate fitting = switch (date.shape()) {
      case MONTH_DAY -> anchor.onWeekday(day.getMonthValue(), day.getDayOfMonth(), weekday);
      case DAY_OF_MONTH -> anchor.nextDayOfMonth(day.getDayOfMonth(), weekday);
      case FULL -> date.grain() == Grain.DAY ? day : null;
      default -> null;
    };
    // A weekday that does not fit is a slip of the pen more often than the date is.
    return date.grain() != Grain.DAY || date.shape() == DateHit.Shape.WEEKDAY || date.shape() == DateHit.Shape.RANGE
        ? null
        : new DateHit(second.to(), anchor.at(fitting == null ? day : fitting), null, Grain.DAY, DateHit.Shape.FULL);
  }

  static ZonedDateTime shift(ZonedDateTime from, int unit, long count) {
    return unit <= Anchor.HOUR
        ? from.plus(count, Anchor.chrono(unit))
        : from.plusDays(ChronoUnit.DAYS.between(from.toLocalDate(), Anchor.plus(unit, from.toLocalDate(), count)));
  }
}
