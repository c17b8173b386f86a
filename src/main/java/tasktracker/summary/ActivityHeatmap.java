package tasktracker.summary;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Heatmap of message activity: one row for each day, one cell for some hours.
 *
 * @param hours number of hours of a cell
 */
public record ActivityHeatmap(List<Day> days, int hours) {

  private static final int DAY = 24;
  private static final int LABEL_EVERY = 6;
  private static final int LEVELS = 4;

  /** A day and its cells. */
  public record Day(LocalDate date, List<Cell> cells) {}

  /** Some hours of a day; level 0 means no messages, 4 the maximum of all cells. */
  public record Cell(Instant from, Instant until, long messages, int level) {}

  /** The cells of the last seven days of a period. */
  public static ActivityHeatmap of(Period period, List<Overview.Slice> slices, int hours) {
    Map<Instant, Long> at = slices.stream().collect(Collectors.groupingBy(s -> cell(s.at(), hours),
        Collectors.summingLong(Overview.Slice::messages)));
    long max = at.values().stream().mapToLong(Long::longValue).max().orElse(1);
    List<Day> days = new ArrayList<>();
    for (Instant day = Overview.heatmapStart(period); day.isBefore(period.until()); day = day.plus(Duration.ofDays(1))) {
      days.add(new Day(Overview.utc(day).toLocalDate(), cells(day, at, max, hours)));
    }
    return new ActivityHeatmap(days, hours);
  }

  private static Instant cell(Instant hour, int hours) {
    return hour.minus(Duration.ofHours(Overview.utc(hour).getHour() % hours));
  }

  private static List<Cell> cells(Instant day, Map<Instant, Long> at, long max, int hours) {
    List<Cell> cells = new ArrayList<>();
    for (int hour = 0; hour < DAY; hour += hours) {
      Instant from = day.plus(Duration.ofHours(hour));
      long messages = at.getOrDefault(from, 0L);
      cells.add(new Cell(from, from.plus(Duration.ofHours(hours)), messages, (int) Math.ceil((double) LEVELS * messages / max)));
    }
    return cells;
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
    return java.util.stream.IntStream.iterate(0, h -> h < DAY, h -> h + hours).boxed().toList();
  }
}
