package tasktracker.task.date;

import org.jspecify.annotations.Nullable;

/** Times of day and ranges of them. Each rule reads a bounded number of tokens. */
final class ClockGrammar {

  private final Tokens tokens;

  ClockGrammar(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * A time or a range of times.
   *
   * @param beside whether a date or a part of a day stands beside it, so a bare number may be an hour
   */
  @Nullable
  Clock find(int i, boolean beside) {
    Clock range = range(i, beside);
    return range == null ? single(i, beside) : range;
  }

  /** "9:30 - 11:00", "з 10 до 11 ранку", "between 1 and 2:30", "3-4pm". */
  @Nullable
  private Clock range(int i, boolean beside) {
    int from = i;
    while (from < i + 2 && (tokens.is(from, TokenKind.FROM) || tokens.is(from, TokenKind.AT) || tokens.is(from, TokenKind.AFTER))) {
      from++;
    }
    boolean said = from > i && tokens.get(from - 1).is(TokenKind.FROM);
    Clock first = single(from, beside);
    first = first == null ? bare(from) : first;
    int to = first == null ? -1 : separator(first.to(), from > i);
    if (first == null || to < 0) {
      return null;
    }
    Clock last = single(to, beside);
    last = last == null ? bare(to) : last;
    boolean weak = first.weak() && (last == null || last.weak());
    if (last == null || weak && !(said && beside) || !tokens.endsNumber(last.to())) {
      return null;
    }
    return joined(first, last);
  }

  private int separator(int i, boolean from) {
    boolean found = tokens.is(i, TokenKind.TO) || tokens.is(i, "-") || tokens.is(i, "/") || tokens.is(i, TokenKind.BEFORE) && from;
    return found ? i + 1 : -1;
  }

  /** The end tells the half of the day: "3-4pm" begins at 15; otherwise the end is the next after the beginning. */
  private static Clock joined(Clock first, Clock last) {
    if (first.ambiguous() && !last.ambiguous()) {
      Clock afternoon = first.afterNoon(true);
      Clock morning = first.afterNoon(false);
      first = last.hour() >= 12 && afternoon.secondOfDay() < last.secondOfDay() ? afternoon : morning;
    }
    if (last.ambiguous() && !first.ambiguous()) {
      Clock morning = last.afterNoon(false);
      last = morning.secondOfDay() > first.secondOfDay() ? morning : last.afterNoon(true);
    }
    return first.until(last);
  }

  @Nullable
  private Clock bare(int i) {
    Tokens.Number hour = tokens.smallNumber(i);
    boolean good = hour != null && hour.value() <= 24 && !tokens.is(hour.to(), "%") && !isDecimal(hour.to());
    return good && hour != null ? Clock.of(hour.to(), hour.value() % 24, 0, Grain.HOUR, true).asWeak() : null;
  }

  private boolean isDecimal(int i) {
    return !tokens.endsNumber(i) && !tokens.is(i, "-") && !tokens.is(i, "/");
  }

  @Nullable
  Clock single(int i, boolean beside) {
    boolean at = tokens.is(i, TokenKind.AT);
    boolean weakAt = tokens.is(i, TokenKind.AT_WEAK);
    boolean bound = tokens.is(i - 1, TokenKind.BEFORE) || tokens.is(i - 1, TokenKind.AFTER);
    int from = at || weakAt ? i + 1 : i;
    from = tokens.is(from, TokenKind.AT) && at ? from + 1 : from;
    Clock clock = spoken(from);
    clock = clock == null ? plain(from, at, weakAt, bound, beside) : clock;
    clock = clock == null ? bareHour(from, at, weakAt, bound, beside) : clock;
    return clock == null || !tokens.endsNumber(clock.to()) && !tokens.is(clock.to(), "-") && !tokens.is(clock.to(), "/")
        ? null
        : zoned(clock);
  }

  @Nullable
  private Clock plain(int i, boolean at, boolean weakAt, boolean bound, boolean beside) {
    Clock clock = word(i);
    clock = clock == null ? digits(i, at || weakAt, bound, beside) : clock;
    return clock == null ? inWords(i, at, beside) : clock;
  }

  @Nullable
  private Clock word(int i) {
    if (!tokens.is(i, TokenKind.CLOCKWORD)) {
      return null;
    }
    int hour = tokens.get(i).value(TokenKind.CLOCKWORD) % 24;
    return Clock.of(i + 1, hour, 0, Grain.HOUR, false);
  }

  /** "half past three", "a quarter to noon", "20 minutes past 3pm". */
  @Nullable
  private Clock spoken(int i) {
    int minutes = -1;
    int at = i;
    Tokens.Number number = tokens.smallNumber(i);
    if (tokens.is(i, "half")) {
      minutes = 30;
      at = i + 1;
    } else if (tokens.get(i).value(TokenKind.UNIT) == Anchor.QUARTER) {
      minutes = 15;
      at = i + 1;
    } else if (number != null) {
      boolean quarter = tokens.get(number.to()).value(TokenKind.UNIT) == Anchor.QUARTER;
      minutes = quarter ? 15 * number.value() : number.value();
      at = quarter || tokens.get(number.to()).value(TokenKind.UNIT) == Anchor.MINUTE ? number.to() + 1 : number.to();
    }
    boolean range = tokens.is(at, "to") && minutes <= 12 && !tokens.is(at - 1, TokenKind.UNIT);
    if (minutes < 1 || minutes > 59 || !tokens.is(at, TokenKind.PAST) || range) {
      return null;
    }
    Clock hour = plain(at + 1, false, false, false, false);
    if (hour == null) {
      hour = minutes == 15 || minutes == 30 || tokens.get(at - 1).is(TokenKind.UNIT) || tokens.is(at, "past") ? bare(at + 1) : null;
    }
    boolean good = hour != null && hour.minute() == 0;
    return good && hour != null ? past(hour, tokens.get(at).value(TokenKind.PAST) * minutes) : null;
  }

  private static Clock past(Clock hour, int minutes) {
    int total = (hour.hour() * 60 + minutes + 1440) % 1440;
    Clock clock = Clock.of(hour.to(), total / 60, total % 60, Grain.MINUTE, hour.ambiguous());
    return hour.ambiguous() && total / 60 == 0 ? Clock.of(hour.to(), 12, total % 60, Grain.MINUTE, true) : clock;
  }

  /** "15:15", "15:23:24", "3.30 pm", "15h", "17ч10", "3pm", "3 години дня". */
  @Nullable
  private Clock digits(int i, boolean at, boolean bound, boolean beside) {
    Token hour = tokens.get(i);
    if (hour.digits() == 0 || !tokens.beginsNumber(i) && !isEndOfRange(i)) {
      return null;
    }
    if (hour.digits() > 2) {
      return joinedDigits(i, at);
    }
    boolean ambiguous = hour.number() <= 12 && hour.number() > 0 && hour.digits() == 1 || hour.number() >= 10 && hour.number() <= 12;
    if (tokens.isGlued(i + 1, ":") && isMinutes(i + 2)) {
      return colon(i, ambiguous && !tokens.dayFirst);
    }
    if (tokens.is(i + 1, TokenKind.HSEP) && tokens.get(i + 1).glued() && hour.number() < 24) {
      boolean minutes = isMinutes(i + 2);
      // "In 1h" and "2h of work" are durations.
      return minutes || at || beside || bound || hour.number() > 12 || tokens.is(i + 2, TokenKind.ZONE)
          ? part(Clock.of(minutes ? i + 3 : i + 2, hour.number(), minutes ? tokens.get(i + 2).number() : 0,
              tokens.dayFirst && !minutes ? Grain.HOUR : Grain.MINUTE, false))
          : null;
    }
    boolean dotted = tokens.isGlued(i + 1, ".") && isMinutes(i + 2) && hour.number() < 24;
    if (dotted && (tokens.is(i - 1, TokenKind.AT) && !tokens.is(i - 1, "for") || tokens.is(i + 3, TokenKind.AMPM))
        && tokens.endsNumber(i + 3)) {
      return part(Clock.of(i + 3, hour.number(), tokens.get(i + 2).number(), Grain.MINUTE, ambiguous && !tokens.dayFirst));
    }
    return hour.number() <= 24 ? hourWithUnit(Clock.of(i + 1, hour.number() % 24, 0, Grain.HOUR, true), at || bound || beside) : null;
  }

  private boolean isEndOfRange(int i) {
    return (tokens.is(i - 1, "-") || tokens.is(i - 1, "/")) && !tokens.isGlued(i + 1, "-");
  }

  private boolean isMinutes(int i) {
    return tokens.get(i).digits() == 2 && tokens.get(i).number() < 60 && tokens.get(i).glued();
  }

  @Nullable
  private Clock colon(int i, boolean ambiguous) {
    int hour = tokens.get(i).number();
    if (hour > 24 || hour == 24 && tokens.get(i + 2).number() > 0) {
      return null;
    }
    Clock clock = Clock.of(i + 3, hour % 24, tokens.get(i + 2).number(), Grain.MINUTE, ambiguous);
    boolean seconds = tokens.isGlued(i + 3, ":") && isMinutes(i + 4);
    clock = seconds ? clock.withSecond(tokens.get(i + 4).number()).endingAt(i + 5) : clock;
    int to = tokens.is(clock.to(), "ч") || tokens.is(clock.to(), "h") ? clock.to() + 1 : clock.to();
    return part(clock.endingAt(to));
  }

  /** "at 1030", "330 p.m.", "at 730 in the evening". */
  @Nullable
  private Clock joinedDigits(int i, boolean at) {
    int number = tokens.get(i).number();
    boolean good = number >= 100 && number < 2400 && number % 100 < 60 && tokens.endsNumber(i + 1) && tokens.get(i).digits() <= 4
        && !tokens.dayFirst && (at && (isEnd(i + 1) || tokens.is(i + 1, TokenKind.ISH)) || tokens.is(i + 1, TokenKind.AMPM));
    Clock clock = good ? Clock.of(i + 1, number / 100, number % 100, Grain.MINUTE, tokens.get(i).digits() == 3 || number >= 1000) : null;
    return clock == null ? null : part(clock);
  }

  private boolean isEnd(int i) {
    return tokens.isClauseEnd(i) || !tokens.get(i).senses().isEmpty() && !tokens.is(i, TokenKind.UNIT);
  }

  /** An hour that a following word makes one; null if there is none. */
  @Nullable
  private Clock hourWithUnit(Clock hour, boolean said) {
    Token next = tokens.get(hour.to());
    if (next.is(TokenKind.AMPM) || next.is(TokenKind.OCLOCK) || next.is(TokenKind.CLOCK_PART) || next.is(TokenKind.ISH) && next.glued()) {
      Clock clock = part(hour);
      return clock.to() == hour.to() ? null : clock;
    }
    if (next.is(TokenKind.AMPM_GLUED) && next.glued() && said) {
      return part(hour);
    }
    boolean hours = next.value(TokenKind.UNIT) == Anchor.HOUR && next.isCyrillic();
    boolean partFollows = tokens.is(hour.to() + 1, TokenKind.CLOCK_PART);
    if (!hours || !said && !partFollows || tokens.is(hour.to() + 1, TokenKind.AGO)) {
      return null;
    }
    Tokens.Number minutes = tokens.smallNumber(hour.to() + 1);
    if (minutes != null && tokens.get(minutes.to()).value(TokenKind.UNIT) == Anchor.MINUTE && minutes.value() < 60) {
      return part(Clock.of(minutes.to() + 1, hour.hour(), minutes.value(), Grain.MINUTE, hour.ambiguous()));
    }
    return part(hour.endingAt(hour.to() + 1));
  }

  /** What tells the half of the day: "pm", "вечора", "o'clock" and "ish" only end the time. */
  private Clock part(Clock clock) {
    for (int n = 0; n < 2; n++) {
      int at = clock.to();
      Token next = tokens.get(at);
      if (next.is(TokenKind.OCLOCK) || next.is(TokenKind.ISH)) {
        clock = clock.endingAt(at + 1);
      }
      at = clock.to();
      next = tokens.get(at);
      boolean letter = next.is(TokenKind.AMPM_GLUED) && next.glued() && (tokens.isClauseEnd(at + 1) || tokens.is(at + 1, TokenKind.TO));
      if ((next.is(TokenKind.AMPM) || letter) && clock.hour() <= 12) {
        clock = clock.afterNoon((letter ? next.value(TokenKind.AMPM_GLUED) : next.value(TokenKind.AMPM)) == 2).endingAt(letter
            ? tokens.skip(at + 1, ".")
            : at + 1);
      } else if (next.is(TokenKind.CLOCK_PART)) {
        clock = ofDay(clock).in(next.value(TokenKind.CLOCK_PART)).endingAt(at + 1).staying();
      }
    }
    return clock;
  }

  private static Clock ofDay(Clock clock) {
    return Clock.of(clock.to(), clock.hour(), clock.minute(), clock.grain(), true);
  }

  /** "ten thirty am", "at three twenty", "twelve oh three", "о пів на третю" is no such. */
  @Nullable
  private Clock inWords(int i, boolean at, boolean beside) {
    Token first = tokens.get(i);
    int hour = first.digits() > 0 && at ? first.number() : first.value(TokenKind.NUMBER);
    if (hour < 1 || hour > 12 || first.isCyrillic()) {
      return null;
    }
    int next = tokens.is(i + 1, "-") && first.digits() == 0 ? i + 2 : i + 1;
    boolean zero = tokens.is(next, "oh") || tokens.is(next, "o") || tokens.is(next, "ou") || tokens.is(next, "zero");
    Tokens.Number minutes = tokens.smallNumber(zero ? tokens.skip(next + 1, "-") : next);
    boolean good = minutes != null && (zero ? minutes.value() < 10 : minutes.value() >= 10 && minutes.value() < 60);
    if (!good || minutes == null) {
      return hourWithUnit(Clock.of(i + 1, hour, 0, Grain.HOUR, true), at || beside);
    }
    Clock clock = part(Clock.of(minutes.to(), hour, minutes.value(), Grain.MINUTE, true));
    boolean round = (minutes.value() == 30 || zero) && tokens.isAlone(i, minutes.to());
    return at && isEnd(minutes.to()) || clock.to() > minutes.to() || round ? clock : null;
  }

  /** A number that only a preposition or a date beside makes an hour. */
  @Nullable
  private Clock bareHour(int i, boolean at, boolean weakAt, boolean bound, boolean beside) {
    Clock hour = bare(i);
    if (hour == null || !at && !weakAt && !(bound && tokens.get(hour.to()).value(TokenKind.UNIT) == Anchor.HOUR)) {
      return null;
    }
    Clock unit = tokens.get(hour.to()).isCyrillic() ? hourWithUnit(hour, true) : null;
    if (unit != null) {
      return Clock.of(unit.to(), unit.hour(), unit.minute(), unit.grain(), unit.ambiguous());
    }
    boolean ends = isEnd(hour.to()) && !tokens.is(hour.to(), TokenKind.NUMBER) || tokens.is(hour.to(), "-");
    boolean weak = !beside && !(at && !tokens.is(i - 1, "for"))
        && !(weakAt && tokens.isClauseStart(i - 1) && tokens.isClauseEnd(hour.to()));
    boolean number = tokens.get(i).digits() > 0 || hour.hour() > 1 && !tokens.is(i, TokenKind.SHORT);
    boolean known = at && tokens.get(i - 1).isCyrillic() && tokens.get(i).digits() > 0;
    return weak || !number || !ends && !known ? null : Clock.of(hour.to(), hour.hour(), 0, Grain.HOUR, true);
  }

  private Clock zoned(Clock clock) {
    int at = tokens.is(clock.to(), "(") ? clock.to() + 1 : clock.to();
    if (!tokens.is(at, TokenKind.ZONE)) {
      return clock;
    }
    return clock.inZone(tokens.is(at + 1, ")") && at > clock.to() ? at + 2 : at + 1, tokens.get(at).value(TokenKind.ZONE));
  }
}
