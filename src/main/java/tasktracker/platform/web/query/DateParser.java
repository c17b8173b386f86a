package tasktracker.platform.web.query;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Parses dates and times of requests and files. It accepts the years 1970 to 9999, which Java, JSON and PostgreSQL format
 * and compare in the same way. Every method throws {@link DateTimeParseException} for any other text.
 */
public final class DateParser {

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");
  /** Range of {@code timestamptz}, in whole years. */
  private static final Instant FIRST_STORED = Instant.parse("-4711-01-01T00:00:00Z");
  private static final Instant AFTER_LAST_STORED = Instant.parse("+294276-01-01T00:00:00Z");
  private static final int DAY_LENGTH = 10;

  private DateParser() {}

  /** Parses a day such as {@code 2026-01-31}. */
  public static LocalDate parseDay(String text) {
    LocalDate day = LocalDate.parse(text);
    if (day.getYear() < 1970 || day.getYear() > 9999) {
      throw outOfRange(text);
    }
    return day;
  }

  /** Parses an instant such as {@code 2026-01-31T10:00:00Z} and truncates it to microseconds, the precision of PostgreSQL. */
  public static Instant parseInstant(String text) {
    return requireBetween(FIRST, AFTER_LAST, text, OffsetDateTime.parse(text).toInstant()).truncatedTo(ChronoUnit.MICROS);
  }

  /** Parses the start of a range: a day as its first instant in the zone, or an instant. */
  public static Instant parseStart(String text, ZoneId zone) {
    return isDay(text) ? parseDay(text).atStartOfDay(zone).toInstant() : parseInstant(text);
  }

  /** Parses the exclusive end of a range: a day as the first instant of the next day in the zone, or an instant. */
  public static Instant parseEnd(String text, ZoneId zone) {
    return isDay(text) ? parseDay(text).plusDays(1).atStartOfDay(zone).toInstant() : parseInstant(text);
  }

  /** The nearest instant that {@link #parseInstant} accepts: the first and the last day begin and end outside of it in some zones. */
  public static Instant clamp(Instant instant) {
    Instant last = AFTER_LAST.minus(1, ChronoUnit.MICROS);
    return instant.isBefore(FIRST) ? FIRST : instant.isAfter(last) ? last : instant;
  }

  /** Parses an instant of the range that the database can hold, for text of our own such as cursors. */
  public static Instant parseStored(String text) {
    return requireBetween(FIRST_STORED, AFTER_LAST_STORED, text, Instant.parse(text));
  }

  private static boolean isDay(String text) {
    return text.length() == DAY_LENGTH;
  }

  private static Instant requireBetween(Instant first, Instant afterLast, String text, Instant instant) {
    if (instant.isBefore(first) || !instant.isBefore(afterLast)) {
      throw outOfRange(text);
    }
    return instant;
  }

  private static DateTimeParseException outOfRange(String text) {
    return new DateTimeParseException("The year is out of range", text, 0);
  }
}
