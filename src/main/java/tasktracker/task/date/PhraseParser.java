package tasktracker.task.date;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.task.date.DatePhrase.Bound;

/** Puts dates, times and parts of days together to phrases, and resolves them. */
final class PhraseParser {

  private static final int MOST_PARTS = 5;

  private final Tokens tokens;
  private final Anchor anchor;
  private final DateGrammar dates;
  private final ClockGrammar clocks;

  /** The parts of a phrase, up to the token {@code to}. */
  private record Parts(int to, @Nullable DateHit date, @Nullable Clock clock, int part, int rel, boolean english) {

    boolean isEmpty() {
      return date == null && clock == null && part == 0;
    }
  }

  PhraseParser(Tokens tokens, Anchor anchor) {
    this.tokens = tokens;
    this.anchor = anchor;
    this.dates = new DateGrammar(tokens, anchor);
    this.clocks = new ClockGrammar(tokens);
  }

  List<DatePhrase> parse() {
    List<DatePhrase> phrases = new ArrayList<>();
    for (int i = 0; i < tokens.size();) {
      Found found = tokens.get(i).glued() && !mayFollow(i) ? null : phrase(i);
      if (found != null) {
        phrases.add(found.phrase());
      }
      i = found == null ? i + 1 : found.to();
    }
    return phrases;
  }

  private record Found(int to, DatePhrase phrase) {}

  /** A token without a space before it begins a phrase only after a bracket or a quotation mark. */
  private boolean mayFollow(int i) {
    Token before = tokens.get(i - 1);
    return before.digits() == 0 && !before.isWord() && !before.is("-") && !before.is("/") && !before.is("_") && !before.is(".")
        && !before.is("=") && !before.is("@") && !before.is("#");
  }

  @Nullable
  private Found phrase(int i) {
    boolean within = tokens.is(i, TokenKind.WITHIN);
    Bound bound = within ? Bound.BEFORE : Bound.AT;
    int from = i;
    if (!within && tokens.is(i, TokenKind.BEFORE) && !tokens.is(i, TokenKind.EDGE)) {
      bound = Bound.BEFORE;
      from++;
    } else if (tokens.is(i, TokenKind.AFTER)) {
      Found range = resolved(i, i, Bound.AT, true);
      if (range != null) {
        return range;
      }
      bound = Bound.AFTER;
      from++;
    } else if (tokens.is(i, TokenKind.FROM) || tokens.is(i, TokenKind.ON) || tokens.is(i, TokenKind.AT)) {
      Found whole = resolved(i, i, bound, false);
      return whole == null ? resolved(i, i + 1, tokens.is(i, TokenKind.FROM) ? Bound.AFTER : bound, false) : whole;
    }
    return resolved(i, tokens.is(from, TokenKind.ON) && from > i ? from + 1 : from, bound, false);
  }

  @Nullable
  private Found resolved(int start, int from, Bound bound, boolean onlyRange) {
    Parts parts = parts(from);
    if (parts.isEmpty()) {
      return null;
    }
    DateHit hit = resolve(parts);
    if (hit == null || !hit.isInRange() || onlyRange && !(parts.date() != null && parts.date().shape() == DateHit.Shape.RANGE
        || parts.clock() != null && parts.clock().until() != null) || isTooVague(hit, bound)) {
      return null;
    }
    DateHit last = parts.date() != null && parts.clock() != null && parts.clock().until() == null ? lastOf(hit) : hit;
    return new Found(last.to(), phrase(start, last, bound, parts));
  }

  /** "from Monday 9:00 to Wednesday 18:00". */
  private DateHit lastOf(DateHit first) {
    if (!tokens.is(first.to(), "-") && !tokens.is(first.to(), "/") && !tokens.is(first.to(), TokenKind.TO)) {
      return first;
    }
    Parts parts = parts(first.to() + 1);
    DateHit last = parts.date() == null || parts.clock() == null ? null : resolve(parts);
    return last == null || !last.start().isAfter(first.start())
        ? first
        : new DateHit(last.to(), first.start(), last.start(), first.grain(), DateHit.Shape.RANGE);
  }

  /** A quarter or a season is no due date. */
  private boolean isTooVague(DateHit hit, Bound bound) {
    return anchor.mode() == Mode.TASK && (hit.grain() == Grain.QUARTER || hit.grain() == Grain.SEASON) && bound != Bound.BEFORE;
  }

  private DatePhrase phrase(int start, DateHit hit, Bound bound, Parts parts) {
    ZonedDateTime value = hit.start();
    ZonedDateTime until = hit.end();
    boolean isEnd = bound == Bound.BEFORE && hit.shape() == DateHit.Shape.EDGE && until != null;
    if (isEnd && until != null) {
      value = until;
      until = null;
    }
    boolean period = until != null && (hit.shape() == DateHit.Shape.FULL && hit.grain().compareTo(Grain.WEEK) >= 0);
    return new DatePhrase(tokens.get(start).start(), tokens.get(hit.to() - 1).end(), value, period || bound != Bound.AT ? null : until,
        hit.grain(), bound, certain(parts), isEnd);
  }

  private static Set<ChronoUnit> certain(Parts parts) {
    Set<ChronoUnit> certain = EnumSet.noneOf(ChronoUnit.class);
    DateHit date = parts.date();
    if (date != null) {
      switch (date.shape()) {
        case WEEKDAY, DAY_OF_MONTH -> certain.add(ChronoUnit.DAYS);
        case MONTH_DAY, RANGE -> certain.addAll(Set.of(ChronoUnit.DAYS, ChronoUnit.MONTHS));
        default -> certain.addAll(date.grain().compareTo(Grain.WEEK) < 0
            ? Set.of(ChronoUnit.DAYS, ChronoUnit.MONTHS, ChronoUnit.YEARS)
            : date.grain() == Grain.YEAR
                ? Set.of(ChronoUnit.YEARS)
                : Set.of(ChronoUnit.MONTHS, ChronoUnit.YEARS));
      }
    }
    if (parts.clock() != null || date != null && date.grain().compareTo(Grain.PART) < 0) {
      certain.add(ChronoUnit.HOURS);
    }
    return Set.copyOf(certain);
  }

  /** Reads dates, times and parts of days in any order, with at most one of each; a weekday may stand beside a date. */
  private Parts parts(int i) {
    Parts parts = new Parts(i, null, null, 0, 0, !tokens.dayFirst);
    for (int n = 0; n < MOST_PARTS; n++) {
      Parts more = extend(parts, parts.isEmpty() ? i : connector(parts.to()));
      if (more == null && !parts.isEmpty()) {
        more = extend(parts, parts.to());
      }
      if (more == null) {
        return parts;
      }
      parts = more;
    }
    return parts;
  }

  private int connector(int i) {
    int at = tokens.is(i, ",") ? i + 1 : i;
    if (tokens.is(at, "t") && tokens.get(at).glued()) {
      return at + 1;
    }
    return at;
  }

  @Nullable
  private Parts extend(Parts parts, int i) {
    Parts best = withDate(parts, i);
    Parts clock = withClock(parts, i);
    if (best == null || clock != null && clock.to() > best.to()) {
      best = clock;
    }
    Parts part = withPart(parts, i);
    return best == null || part != null && part.to() > best.to() ? part : best;
  }

  @Nullable
  private Parts withDate(Parts parts, int i) {
    DateHit found = dates.find(i);
    if (found == null && !parts.isEmpty()) {
      int at = tokens.is(i, TokenKind.ON) || tokens.is(i, "of") || tokens.is(i, TokenKind.FROM) ? i + 1 : i;
      found = at > i ? dates.find(at) : null;
    }
    if (found == null) {
      return null;
    }
    DateHit date = parts.date();
    if (date == null) {
      return new Parts(found.to(), found, parts.clock(), parts.part(), parts.rel(), parts.english());
    }
    DateHit merged = dates.merge(date, found);
    return merged == null ? null : new Parts(merged.to(), merged, parts.clock(), parts.part(), parts.rel(), parts.english());
  }

  @Nullable
  private Parts withClock(Parts parts, int i) {
    if (parts.clock() != null) {
      return null;
    }
    boolean beside = parts.date() != null || parts.part() > 0;
    Clock clock = clocks.find(i, beside);
    if (clock == null && beside && (tokens.is(i, TokenKind.BEFORE) || tokens.is(i, TokenKind.AFTER))) {
      clock = clocks.find(i + 1, true);
    }
    if (clock == null && !beside) {
      clock = hourBefore(i);
    }
    return clock == null ? null : new Parts(clock.to(), parts.date(), clock, parts.part(), parts.rel(), parts.english());
  }

  /** "9 tomorrow", "8 tonight", "3 in the morning". */
  @Nullable
  private Clock hourBefore(int i) {
    Tokens.Number hour = tokens.smallNumber(i);
    if (hour == null || hour.value() > 12 || hour.value() < 1 || tokens.get(i).isCyrillic() || tokens.dayFirst) {
      return null;
    }
    Token next = tokens.get(hour.to());
    boolean part = next.is("tonight") || next.is("tomorrow") || tokens.is(hour.to(), "in") && tokens.is(hour.to() + 1, TokenKind.THE)
        && tokens.is(hour.to() + 2, TokenKind.PART) || next.is("this") && tokens.is(hour.to() + 1, TokenKind.PART);
    return part && !tokens.is(i, "a") ? Clock.of(hour.to(), hour.value(), 0, Grain.HOUR, true) : null;
  }

  @Nullable
  private Parts withPart(Parts parts, int i) {
    if (parts.part() > 0) {
      return null;
    }
    int at = i;
    for (int n = 0; n < 2 && (tokens.is(at, TokenKind.ON) || tokens.is(at, TokenKind.THE) || tokens.is(at, TokenKind.FROM)); n++) {
      at++;
    }
    boolean rel = tokens.is(at, TokenKind.REL) || tokens.is(at, TokenKind.EVERY);
    int word = rel ? at + 1 : at;
    if (!tokens.is(word, TokenKind.PART)) {
      return null;
    }
    // "A good morning" and "вечір кіно" say no time; "in the morning", "вранці" and "tonight" do.
    boolean said = rel || at > i || tokens.is(word + 1, "of") || !parts.isEmpty() || isAdverb(word) || tokens.isAlone(word, word + 1);
    int shift = rel ? tokens.get(at).value(TokenKind.REL) : 0;
    return said
        ? new Parts(tokens.skip(word + 1, "of"), parts.date(), parts.clock(), tokens.get(word).value(TokenKind.PART), shift,
            !tokens.get(word).isCyrillic())
        : null;
  }

  private boolean isAdverb(int i) {
    Token token = tokens.get(i);
    return token.text().startsWith("в") && !token.is("вечір") && !token.is("вечера") && !token.is("вечора") && !token.is("вечер")
        || token.is("зранку") || token.is("удень") || token.is("увечері") || token.is("уночі") || token.is("утром")
        || token.is("с_утра") || token.is("днем") || token.is("ночью") || token.is("tonight") || token.is("tonite")
        || token.value(TokenKind.PART) >= 7;
  }

  @Nullable
  private DateHit resolve(Parts parts) {
    DateHit date = parts.date();
    Clock clock = parts.clock();
    if (clock != null) {
      return date == null ? timeAlone(parts, clock) : timeOn(parts, date, clock);
    }
    if (date == null) {
      return parts.part() > 0 ? partAlone(parts) : null;
    }
    if (parts.part() == 0) {
      return date.endingAt(parts.to());
    }
    return date.shape() == DateHit.Shape.OFFSET || date.shape() == DateHit.Shape.RANGE ? date : part(parts, date.start().toLocalDate());
  }

  private DateHit timeOn(Parts parts, DateHit date, Clock clock) {
    Clock exact = unambiguous(parts, clock, true);
    LocalDate day = date.start().toLocalDate();
    if (exact.hour() == 0 && clock.hour() == 12 && clock.ambiguous()) {
      day = day.plusDays(1);
    }
    ZonedDateTime start = time(day, exact);
    ZonedDateTime end = date.end() != null && date.shape() == DateHit.Shape.RANGE
        ? time(date.end().toLocalDate().minusDays(1), exact)
        : null;
    return ranged(parts, clock, exact, start, end);
  }

  private DateHit ranged(Parts parts, Clock clock, Clock exact, ZonedDateTime start, @Nullable ZonedDateTime end) {
    Clock until = clock.until();
    if (until != null) {
      Clock last = unambiguous(parts, until, true);
      end = time(start.withZoneSameInstant(zone(start, exact)).toLocalDate(), last.zone() == null && exact.zone() != null
          ? last.inZone(last.to(), exact.zone())
          : last);
      if (!end.isAfter(start)) {
        end = until.ambiguous() && end.plusHours(12).isAfter(start) ? end.plusHours(12) : end.plusDays(1);
      }
    }
    return new DateHit(parts.to(), start, end, exact.grain(), until == null ? DateHit.Shape.FULL : DateHit.Shape.RANGE);
  }

  private java.time.ZoneId zone(ZonedDateTime time, Clock clock) {
    Integer minutes = clock.zone();
    return minutes == null ? time.getZone() : ZoneOffset.ofTotalSeconds(minutes * 60);
  }

  /** The hour on a day that is given: with a part of the day that of it, else one of a working day. */
  private Clock unambiguous(Parts parts, Clock clock, boolean dated) {
    if (!clock.ambiguous()) {
      return clock;
    }
    if (parts.part() > 0) {
      return clock.in(parts.part());
    }
    return dated ? clock.afterNoon(clock.hour() < 7 || clock.hour() == 12) : clock;
  }

  private ZonedDateTime time(LocalDate day, Clock clock) {
    LocalTime time = LocalTime.of(clock.hour(), clock.minute(), clock.second());
    Integer minutes = clock.zone();
    return minutes == null
        ? anchor.at(day, time)
        : ZonedDateTime.of(day, time, ZoneOffset.ofTotalSeconds(minutes * 60)).withZoneSameInstant(anchor.reference().getZone());
  }

  /** A time without a date is the next such; with a part of the day in Cyrillic, or of "this" day, it is of the same day. */
  private DateHit timeAlone(Parts parts, Clock clock) {
    Clock exact = unambiguous(parts, clock, false);
    ZonedDateTime start = time(anchor.today(), exact);
    boolean rolls = anchor.mode() == Mode.TASK || !clock.stays();
    if (rolls && !start.isAfter(anchor.reference()) && exact.ambiguous()) {
      exact = exact.hour() == 12 ? exact.atHour(0) : exact.atHour(exact.hour() + 12);
      start = time(exact.hour() == 0 ? anchor.today().plusDays(1) : anchor.today(), exact);
    }
    if (rolls && !start.isAfter(anchor.reference())) {
      exact = clock.ambiguous() && !exact.ambiguous() && parts.part() == 0 ? clock.afterNoon(false) : exact;
      start = time(anchor.today().plusDays(1), exact);
    }
    return ranged(parts, clock, exact, start, null);
  }

  private DateHit partAlone(Parts parts) {
    LocalDate day = anchor.today();
    boolean night = parts.part() == 5 && !parts.english();
    int hour = anchor.reference().getHour();
    if (parts.rel() < 0) {
      day = night && hour >= 6 ? day : day.minusDays(1);
    } else if (parts.rel() > 0 || night && hour >= 6) {
      day = day.plusDays(1);
    }
    DateHit part = part(parts, day);
    boolean past = part.end() == null || !part.start().isAfter(anchor.reference());
    return anchor.mode() == Mode.TASK && past && parts.rel() == 0 && !night ? part(parts, day.plusDays(1)) : part;
  }

  /** Morning is from 6 to 12, lunch to 14, afternoon to 19, evening from 18 to 24; a night in Cyrillic is from 0 to 6. */
  private DateHit part(Parts parts, LocalDate day) {
    int start = switch (parts.part()) {
      case 1, 7 -> 6;
      case 2, 3 -> 12;
      case 4 -> 18;
      case 8 -> 21;
      default -> parts.english() ? 18 : 0;
    };
    int end = switch (parts.part()) {
      case 1 -> 12;
      case 2 -> 14;
      case 3 -> 19;
      case 7 -> 9;
      case 5 -> parts.english() ? 24 : 6;
      default -> 24;
    };
    ZonedDateTime until = end == 24 ? anchor.at(day.plusDays(1)) : anchor.at(day, LocalTime.of(end, 0));
    return new DateHit(parts.to(), anchor.at(day, LocalTime.of(start, 0)), until, Grain.PART, DateHit.Shape.FULL);
  }
}
