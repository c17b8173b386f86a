package tasktracker.platform.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats values for templates, as the variable {@code format}. Times are in one zone: of the
 * viewer, or UTC in what is cached and pushed, where the script shows them in the viewer's. */
public final class ValueFormats {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
  /** With offset, as programs read it. */
  private static final DateTimeFormatter PRECISE = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
  private static final int EXCERPT = 200;
  private static final long MEGABYTE = 1_000_000;
  private static final double MILLIS_PER_SECOND = 1000;

  private final ZoneId zone;

  public ValueFormats(ZoneId zone) {
    this.zone = zone;
  }

  /** The name of the zone. */
  public String zone() {
    return zone.getId();
  }

  /** As in {@code 2026-01-02 10:00}. */
  public String minute(Instant instant) {
    return MINUTE.format(instant.atZone(zone));
  }

  /** As in {@code 2026-01-02}. */
  public String day(Instant instant) {
    return DAY.format(instant.atZone(zone));
  }

  /** As in {@code 2026-01-02T10:00:00+02:00}. */
  public String precise(Instant instant) {
    return PRECISE.format(instant.atZone(zone));
  }

  /** A number from 0 to 1 as in {@code 0.82}. */
  public String score(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Two numbers from 0 to 1 as in {@code 0.30 – 0.70}. */
  public String scores(double low, double high) {
    return score(low) + " – " + score(high);
  }

  /** A number from 0 to 1 in whole percent, without the sign. */
  public long percent(double value) {
    return Math.round(value * 100);
  }

  /** Seconds with a fraction, for {@code #{jobs.seconds}}. */
  public double seconds(Duration duration) {
    return duration.toMillis() / MILLIS_PER_SECOND;
  }

  public long megabytes(long bytes) {
    return bytes / MEGABYTE;
  }

  /** The beginning of a long text, with an ellipsis when something is left out. */
  public String excerpt(String text) {
    return text.length() <= EXCERPT ? text : text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, EXCERPT - 1))) + "…";
  }

  /** The first character of a name; empty for an empty one. */
  public String initial(String name) {
    return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
  }
}
