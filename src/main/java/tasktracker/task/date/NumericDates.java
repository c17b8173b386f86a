package tasktracker.task.date;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates in digits: ISO, "31.10.1974", "31.10.", "10/31/74" and, after a preposition, "15.12". */
final class NumericDates {

  private final Tokens tokens;
  private final Anchor anchor;

  NumericDates(Tokens tokens, Anchor anchor) {
    this.tokens = tokens;
    this.anchor = anchor;
  }

  @Nullable
  DateHit find(int i) {
    String separator = tokens.get(i + 1).text();
    if (!tokens.beginsNumber(i) || !tokens.get(i + 1).glued() || !".-/".contains(separator)) {
      return null;
    }
    return tokens.get(i).digits() == 4 ? yearFirst(i, separator) : yearLast(i, separator);
  }

  @Nullable
  private DateHit yearFirst(int i, String separator) {
    int year = tokens.get(i).number();
    if (!isShort(i + 2) || year < 1900 || year >= 2200) {
      return null;
    }
    if (tokens.isGlued(i + 3, separator) && isShort(i + 4)) {
      return ends(i + 5) ? full(i + 5, Anchor.date(year, tokens.get(i + 2).number(), tokens.get(i + 4).number())) : null;
    }
    LocalDate month = separator.equals(".") || !tokens.endsNumber(i + 3) ? null : Anchor.date(year, tokens.get(i + 2).number(), 1);
    return month == null ? null : anchor.period(i + 3, Anchor.MONTH, month);
  }

  private boolean ends(int i) {
    return tokens.endsNumber(i) || tokens.is(i, "/");
  }

  private boolean isShort(int i) {
    return tokens.get(i).digits() >= 1 && tokens.get(i).digits() <= 2 && tokens.get(i).glued();
  }

  @Nullable
  private DateHit full(int to, @Nullable LocalDate date) {
    return date == null ? null : anchor.day(to, date, DateHit.Shape.FULL);
  }

  @Nullable
  private DateHit yearLast(int i, String separator) {
    int first = tokens.get(i).number();
    if (tokens.get(i).digits() > 2) {
      return null;
    }
    if (separator.equals("/") && tokens.get(i + 2).digits() == 4 && tokens.endsNumber(i + 3) && first >= 1 && first <= 12) {
      LocalDate month = Anchor.date(tokens.get(i + 2).number(), first, 1);
      return month == null || month.getYear() < 1900 || month.getYear() > 2200 ? null : anchor.period(i + 3, Anchor.MONTH, month);
    }
    if (!isShort(i + 2)) {
      return null;
    }
    int second = tokens.get(i + 2).number();
    if (tokens.isGlued(i + 3, separator) && tokens.get(i + 4).glued()) {
      Tokens.Number year = tokens.year(i + 4);
      if (year != null) {
        return full(year.to(), date(separator, year.value(), first, second));
      }
    }
    return withoutYear(i, separator, first, second);
  }

  /** With dots the day is first unless that is impossible; with other separators it is where the language has it. */
  @Nullable
  private LocalDate date(String separator, int year, int first, int second) {
    boolean dayFirst = tokens.dayFirst || separator.equals(".") || first > 12;
    LocalDate date = Anchor.date(year, dayFirst ? second : first, dayFirst ? first : second);
    return date == null && separator.equals(".") ? Anchor.date(year, first, second) : date;
  }

  @Nullable
  private DateHit withoutYear(int i, String separator, int first, int second) {
    boolean dot = separator.equals(".");
    boolean trailing = dot && tokens.isGlued(i + 3, ".") && !(tokens.get(i + 4).digits() > 0 && tokens.get(i + 4).glued())
        && tokens.get(i + 2).digits() == 2;
    if (separator.equals("-") || !trailing && !tokens.endsNumber(i + 3)) {
      return null;
    }
    boolean sure = dot
        ? trailing && !tokens.isClauseEndOfSentence(i + 3) || isAfterPreposition(i)
        : isAfterPreposition(i) || Math.max(first, second) > 12 && Math.max(first, second) != 24 && second > 12 || tokens.startsTime(i + 3);
    LocalDate date = sure ? monthDay(dot || tokens.dayFirst || first > 12, first, second) : null;
    return date == null ? null : anchor.day(trailing ? i + 4 : i + 3, date, DateHit.Shape.MONTH_DAY);
  }

  @Nullable
  private LocalDate monthDay(boolean dayFirst, int first, int second) {
    int month = dayFirst ? second : first;
    int day = dayFirst ? first : second;
    return month < 1 || month > 12 || day < 1 || day > 31 ? null : anchor.nextMonthDay(month, day);
  }

  /** A preposition of dates; "о 10.10" is a time, and "в 10.1" is anything. */
  private boolean isAfterPreposition(int i) {
    Token before = tokens.get(i - 1);
    if (before.is(TokenKind.WEEKDAY) || before.is(",") && tokens.is(i - 2, TokenKind.WEEKDAY)) {
      return true;
    }
    boolean date = before.is(TokenKind.BEFORE) || before.is(TokenKind.AFTER) || before.is(TokenKind.FROM) || before.is(TokenKind.TO)
        || before.is("on") || before.is("на");
    return date && before.isWord();
  }
}
