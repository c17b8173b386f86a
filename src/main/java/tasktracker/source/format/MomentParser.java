package tasktracker.source.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.query.DateParser;

/**
 * Parses a time in the forms that programs write: ISO 8601 with a space for its T and an offset without a colon, seconds or
 * milliseconds since 1970, and the date of e-mails. Years are 1970 to 9999. A text that could mean several times is none.
 */
public final class MomentParser {

  private static final Pattern ISO = Pattern
      .compile("(\\d{4})([-/])(\\d\\d)\\2(\\d\\d)[Tt ]\\s?(\\d\\d:\\d\\d(?::\\d\\d)?)(?:[.,](\\d{1,9})\\d*)?\\s?"
          + "(Z|z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?");
  /** Nine digits at least, so that a year or a day such as 20260504 is no number of seconds. */
  private static final Pattern EPOCH = Pattern.compile("(\\d{9,14})(?:\\.(\\d{1,9})\\d*)?");
  /** A larger number is one of milliseconds: as seconds it would be after the year 5138. */
  private static final long MAX_SECONDS = 99_999_999_999L;
  private static final int MAX_LENGTH = 100;

  private MomentParser() {}

  /** Parses a time with its offset from UTC; null when it is none. */
  public static @Nullable Instant parse(@Nullable String text) {
    return parse(text, "");
  }

  /** Parses a time that is in UTC unless it has an offset; null when it is none. */
  public static @Nullable Instant parseUtc(@Nullable String text) {
    return parse(text, "Z");
  }

  private static @Nullable Instant parse(@Nullable String text, String missingOffset) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    try {
      Matcher iso = ISO.matcher(text.strip());
      Matcher epoch = EPOCH.matcher(text.strip());
      return iso.matches()
          ? DateParser.parseInstant(normalize(iso, missingOffset))
          : DateParser.parseInstant(epoch.matches() ? ofEpoch(epoch) : ofEmail(text.strip()));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String normalize(Matcher iso, String missingOffset) {
    String fraction = iso.group(6) == null ? "" : "." + iso.group(6);
    String time = iso.group(5).length() == 5 ? iso.group(5) + ":00" : iso.group(5);
    return iso.group(1) + "-" + iso.group(3) + "-" + iso.group(4) + "T" + time + fraction
        + offset(Objects.requireNonNullElse(iso.group(7), missingOffset));
  }

  private static String offset(String written) {
    return switch (written.length()) {
      case 0 -> "";
      case 1 -> "Z";
      case 3 -> Character.isLetter(written.charAt(0)) ? "Z" : written + ":00";
      case 5 -> written.substring(0, 3) + ":" + written.substring(3);
      default -> written;
    };
  }

  private static String ofEpoch(Matcher epoch) {
    long number = Long.parseLong(epoch.group(1));
    Instant whole = number <= MAX_SECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    boolean hasNanos = number <= MAX_SECONDS && epoch.group(2) != null;
    return (hasNanos ? whole.plusNanos(Long.parseLong((epoch.group(2) + "00000000").substring(0, 9))) : whole).toString();
  }

  private static String ofEmail(String text) {
    return OffsetDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant().toString();
  }
}
