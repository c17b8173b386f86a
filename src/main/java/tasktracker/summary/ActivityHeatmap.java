package tasktracker.summary;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Heatmap of message activity over a whole period: one row for each day of the week, one cell for some hours of the day,
 * in the zone of the period.
 *
 * @param hours number of hours of a cell
 */
public record ActivityHeatmap(List<Day> days, int hours) {

  private static final int DAY = 24;
  private static final int WEEK = 7;
  private static final int LABEL_EVERY = 6;
  private static final int LEVELS = 4;

  /** A day of the week and its cells. */
  public record Day(DayOfWeek weekday, List<Cell> cells) {}

  /**
   * Some hours of a day of the week.
   *
   * @param hour the first of them
   * @param level 0 means no messages, 4 the maximum of all cells
   * @param span the instants of the cell; null in a period of more than a week, where it happens more than once
   */
  public record Cell(int hour, long messages, int level, @Nullable Span span) {

    /** The URL of its messages; null when they are not from one span of time. */
    public @Nullable String href() {
      return span == null ? null : "/messages?from=" + span.from + "&until=" + span.until;
    }

    /** The first hour, as in {@code 06:00}. */
    public String time() {
      return "%02d:00".formatted(hour);
    }
  }

  /** From an instant until another. */
  public record Span(Instant from, Instant until) {}

  /**
   * The cells of a period.
   *
   * @param counts number of messages in each hour of the week, from Monday 0:00
   */
  public static ActivityHeatmap of(Period period, long[] counts, int hours) {
    long max = IntStream.iterate(0, first -> first < WEEK * DAY, first -> first + hours)
        .mapToLong(first -> sum(counts, first, hours)).max().orElse(0);
    return new ActivityHeatmap(Arrays.stream(DayOfWeek.values()).map(day -> new Day(day, columns(hours).stream()
        .map(hour -> cell(period, day, hour, sum(counts, (day.ordinal()) * DAY + hour, hours), max, hours)).toList())).toList(), hours);
  }

  private static long sum(long[] counts, int first, int hours) {
    return Arrays.stream(counts, first, first + hours).sum();
  }

  private static Cell cell(Period period, DayOfWeek day, int hour, long messages, long max, int hours) {
    return new Cell(hour, messages, max == 0 ? 0 : (int) Math.ceil((double) LEVELS * messages / max),
        period.days() > WEEK ? null : span(period, day, hour, hours));
  }

  private static Span span(Period period, DayOfWeek weekday, int hour, int hours) {
    LocalDate day = period.firstDay().with(TemporalAdjusters.nextOrSame(weekday));
    return new Span(at(day, hour, period.zone()), at(day, hour + hours, period.zone()));
  }

  /** An hour that summer time skips starts with the next one; of one that happens twice, the first is meant. */
  private static Instant at(LocalDate day, int hour, ZoneId zone) {
    return ZonedDateTime.of(day.atStartOfDay().plusHours(hour), zone).toInstant();
  }

  /** Class of the table: one column for each hour, or for some. */
  public String style() {
    return hours == 1 ? "heat-fine" : "heat-coarse";
  }

  /** Whether the hour of a column is shown above it; narrow columns have room for every sixth. */
  public boolean isLabelled(int hour) {
    return hours > 1 || hour % LABEL_EVERY == 0;
  }

  /** The first hour of each column. */
  public List<Integer> columns() {
    return columns(hours);
  }

  private static List<Integer> columns(int hours) {
    return IntStream.iterate(0, hour -> hour < DAY, hour -> hour + hours).boxed().toList();
  }
}
