package tasktracker.platform.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Reads dates and times that a caller gives: those of the years 1970 to 9999, which Java, JSON and PostgreSQL all write
 * and compare alike. Every method throws {@link DateTimeParseException} for what is none of them.
 */
public final class DateParser {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");
  /** What a {@code timestamptz} holds, in whole years. */
  private static final Instant FIRST_STORED = Instant.parse("-4711-01-01T00:00:00Z");
  private static final Instant AFTER_LAST_STORED = Instant.parse("+294276-01-01T00:00:00Z");
  private static final int DAY_LENGTH = 10;

  private DateParser() {}

  /** A day such as {@code 2026-01-31}. */
  public static LocalDate day(String text) {
    LocalDate day = LocalDate.parse(text);
    if (day.getYear() < 1970 || day.getYear() > 9999) {
      throw outside(text);
    }
    return day;
  }

  /** An instant such as {@code 2026-01-31T10:00:00Z}, in whole microseconds, as PostgreSQL keeps it. */
  public static Instant instant(String text) {
    return between(FIRST, AFTER_LAST, text, OffsetDateTime.parse(text).toInstant()).truncatedTo(ChronoUnit.MICROS);
  }

  /** A day as its first instant in UTC, or an instant as it is. */
  public static Instant start(String text) {
    return isDay(text) ? startOf(day(text)) : instant(text);
  }

  /** A day as the instant after its last one, or an instant as it is: the end of a half-open range. */
  public static Instant end(String text) {
    return isDay(text) ? startOf(day(text).plusDays(1)) : instant(text);
  }

  /** An instant that a row may hold, whichever way it came there: for what we have written ourselves, such as cursors. */
  public static Instant stored(String text) {
    return between(FIRST_STORED, AFTER_LAST_STORED, text, Instant.parse(text));
  }

  private static boolean isDay(String text) {
    return text.length() == DAY_LENGTH;
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant between(Instant first, Instant afterLast, String text, Instant instant) {
    if (instant.isBefore(first) || !instant.isBefore(afterLast)) {
      throw outside(text);
    }
    return instant;
  }

  private static DateTimeParseException outside(String text) {
    return new DateTimeParseException("The year is out of range", text, 0);
  }
}
