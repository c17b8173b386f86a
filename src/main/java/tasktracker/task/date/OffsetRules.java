package tasktracker.task.date;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Distances from the reference: "in two weeks", "5 днів 2 години тому", "три недели назад", "+15 хв". */
final class OffsetRules {

  private static final int MOST_UNITS = 4;

  private final Tokens tokens;
  private final Anchor anchor;

  /** A time that is shifted by the quantities read so far, up to the token {@code to}. */
  private record Shifted(int to, ZonedDateTime forward, ZonedDateTime backward, int smallest, int count) {}

  OffsetRules(Tokens tokens, Anchor anchor) {
    this.tokens = tokens;
    this.anchor = anchor;
  }

  @Nullable
  DateHit find(int i) {
    DateHit signed = signed(i);
    if (signed != null) {
      return signed;
    }
    if (tokens.is(i, TokenKind.RELDAY)) {
      return null;
    }
    if (tokens.is(i, TokenKind.IN) || tokens.is(i, TokenKind.WITHIN)) {
      return in(i);
    }
    DateHit weekdays = weekdays(i);
    return weekdays == null ? after(i) : weekdays;
  }

  @Nullable
  private DateHit in(int i) {
    int at = i + 1;
    while (at < i + 3 && (tokens.is(at, "about") || tokens.is(at, "more") || tokens.is(at, "the"))) {
      at++;
    }
    Shifted shifted = quantities(at, true);
    // "За" with a sum of money or a past time says no date; with "тому" and "ago" the other rule applies.
    if (shifted == null || tokens.is(shifted.to(), TokenKind.AGO) || tokens.is(i, "за") && tokens.is(shifted.to(), TokenKind.BEFORE)) {
      return null;
    }
    return hit(shifted.to(), shifted.forward(), shifted.smallest());
  }

  @Nullable
  private DateHit signed(int i) {
    boolean plus = tokens.is(i, "+");
    boolean sign = (plus || tokens.is(i, "-")) && tokens.get(i + 1).digits() > 0 && tokens.get(i + 1).glued()
        && (i == 0 || !tokens.get(i).glued());
    Shifted shifted = sign ? quantities(i + 1, false) : null;
    return shifted == null ? null : hit(shifted.to(), plus ? shifted.forward() : shifted.backward(), shifted.smallest());
  }

  @Nullable
  private DateHit after(int i) {
    Shifted shifted = quantities(i, true);
    if (shifted == null) {
      return null;
    }
    if (tokens.is(shifted.to(), TokenKind.AGO) || tokens.is(shifted.to(), "тому")) {
      return hit(tokens.skip(shifted.to() + 1, "назад"), shifted.backward(), shifted.smallest());
    }
    if (tokens.is(shifted.to(), TokenKind.HENCE)) {
      return hit(shifted.to() + 1, shifted.forward(), shifted.smallest());
    }
    boolean today = tokens.is(shifted.to(), TokenKind.FROM) && tokens.is(shifted.to() + 1, "today");
    return today ? hit(shifted.to() + 2, shifted.forward().truncatedTo(ChronoUnit.DAYS), Anchor.WEEK) : null;
  }

  /** "two sundays from now", "2 thursdays ago". */
  @Nullable
  private DateHit weekdays(int i) {
    Tokens.Number count = tokens.smallNumber(i);
    if (count == null || !tokens.is(count.to(), TokenKind.WEEKDAY) || count.value() < 1) {
      return null;
    }
    int weekday = tokens.get(count.to()).value(TokenKind.WEEKDAY);
    int to = count.to() + 1;
    if (tokens.is(to, TokenKind.HENCE)) {
      return anchor.day(to + 1, anchor.nextWeekday(weekday).plusWeeks(count.value() - 1L), DateHit.Shape.FULL);
    }
    return tokens.is(to, TokenKind.AGO)
        ? anchor.day(to + 1, anchor.lastWeekday(weekday).minusWeeks(count.value() - 1L), DateHit.Shape.FULL)
        : null;
  }

  @Nullable
  private Shifted quantities(int i, boolean bareUnits) {
    Shifted all = quantity(new Shifted(i, anchor.reference(), anchor.reference(), Anchor.YEAR + 1, 0), bareUnits);
    Shifted last = all;
    while (last != null && last.count() < MOST_UNITS) {
      all = last;
      int next = tokens.is(last.to(), "and") || tokens.is(last.to(), "і") || tokens.is(last.to(), "и") ? last.to() + 1 : last.to();
      Shifted more = quantity(new Shifted(next, last.forward(), last.backward(), last.smallest(), last.count()), false);
      last = more != null && more.smallest() < all.smallest() ? more : null;
    }
    return all;
  }

  @Nullable
  private Shifted quantity(Shifted from, boolean bareUnit) {
    int i = from.to();
    if (tokens.is(i, TokenKind.HALF_HOUR)) {
      return shift(from, i + 1, Anchor.MINUTE, 30);
    }
    if (tokens.is(i, TokenKind.HALF_YEAR)) {
      return shift(from, i + 1, Anchor.MONTH, 6);
    }
    Shifted part = partOfHour(from, i);
    if (part != null) {
      return part;
    }
    Tokens.Number number = tokens.number(i);
    if (number == null) {
      return bareUnit && unit(i) > 0 && tokens.get(i).isCyrillic() ? shift(from, i + 1, unit(i), 1) : null;
    }
    if (tokens.isGlued(number.to(), ".") && tokens.is(number.to() + 1, "0") && tokens.get(number.to() + 1).number() == 5
        && unit(number.to() + 2) == Anchor.HOUR) {
      return shift(from, number.to() + 3, Anchor.MINUTE, number.value() * 60 + 30);
    }
    int at = number.to();
    if (tokens.is(at, "and") && tokens.is(at + 1, TokenKind.NUMBER) && tokens.is(at + 2, TokenKind.HALF) && unit(at + 3) == Anchor.HOUR) {
      return shift(from, at + 4, Anchor.MINUTE, number.value() * 60 + 30);
    }
    at = tokens.is(at, "more") || tokens.is(at, "full") || tokens.is(at, "of") ? at + 1 : at;
    int unit = unit(at);
    return unit > 0 ? shift(from, at + 1, unit, number.value()) : from.count() == 0 ? quoted(from, number) : null;
  }

  /** 2' and 2". */
  @Nullable
  private Shifted quoted(Shifted from, Tokens.Number number) {
    if (tokens.get(number.to() - 1).digits() == 0 || !tokens.get(number.to()).glued()) {
      return null;
    }
    return tokens.is(number.to(), "'")
        ? shift(from, number.to() + 1, Anchor.MINUTE, number.value())
        : tokens.is(number.to(), "\"") ? shift(from, number.to() + 1, Anchor.SECOND, number.value()) : null;
  }

  /** "half an hour", "a quarter of an hour", "three-quarters of an hour", "1/4 h". */
  @Nullable
  private Shifted partOfHour(Shifted from, int i) {
    if (tokens.is(i, TokenKind.HALF) && unit(i + 1) == Anchor.HOUR) {
      return shift(from, i + 2, Anchor.MINUTE, 30);
    }
    if (tokens.get(i).number() > 0 && tokens.isGlued(i + 1, "/") && tokens.get(i + 2).number() > tokens.get(i).number()
        && unit(i + 3) == Anchor.HOUR) {
      return shift(from, i + 4, Anchor.MINUTE, 60 * tokens.get(i).number() / tokens.get(i + 2).number());
    }
    Tokens.Number count = tokens.number(i);
    int at = count == null ? i : tokens.skip(count.to(), "-");
    boolean quarter = count != null && tokens.get(at).value(TokenKind.UNIT) == Anchor.QUARTER && tokens.is(at + 1, "of")
        && tokens.is(at + 2, TokenKind.NUMBER) && unit(at + 3) == Anchor.HOUR;
    return quarter && count != null ? shift(from, at + 4, Anchor.MINUTE, 15 * count.value()) : null;
  }

  private int unit(int i) {
    int unit = tokens.get(i).value(TokenKind.UNIT);
    return unit == Anchor.WEEKEND ? 0 : unit == 0 && tokens.is(i, "m") && tokens.get(i).glued() ? Anchor.MINUTE : unit;
  }

  private Shifted shift(Shifted from, int to, int unit, int count) {
    int smallest = Math.min(from.smallest(), unit == Anchor.FORTNIGHT ? Anchor.DAY : unit);
    return new Shifted(to, DateGrammar.shift(from.forward(), unit, count), DateGrammar.shift(from.backward(), unit, -count), smallest,
        from.count() + 1);
  }

  /** Precise to one unit below the smallest that was said: "in two weeks" is a day. */
  private static DateHit hit(int to, ZonedDateTime time, int smallest) {
    ChronoUnit precision = switch (smallest) {
      case Anchor.SECOND, Anchor.MINUTE -> ChronoUnit.SECONDS;
      case Anchor.HOUR -> ChronoUnit.MINUTES;
      case Anchor.DAY -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
    Grain grain = smallest <= Anchor.MINUTE ? Grain.SECOND : smallest == Anchor.HOUR ? Grain.MINUTE : Grain.DAY;
    return new DateHit(to, time.truncatedTo(precision), null, grain, DateHit.Shape.OFFSET);
  }
}
