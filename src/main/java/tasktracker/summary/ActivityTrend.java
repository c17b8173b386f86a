package tasktracker.summary;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tasktracker.platform.web.ValueFormats;

/**
 * Stacked bar chart of messages by class, one bar for each time step. Heights are percentages of the chart.
 *
 * @param most number of messages of the highest bar
 * @param isHourly whether a bar is an hour, otherwise one or more days
 */
public record ActivityTrend(List<Bar> bars, long most, boolean isHourly) {

  private static final double GAP = 0.12;
  private static final List<String> BOTTOM_TO_TOP = List.of("signal", "weak_signal", "noise", "spam", "unscored");

  /**
   * One time step.
   *
   * @param day the day on which it starts, in the zone of the period
   */
  public record Bar(Instant from, Instant until, LocalDate day, List<Mark> marks, long messages) {}

  /** The segment of one class in a bar. */
  public record Mark(String name, long messages, double y, double height) {}

  /** The left edge of a bar by its index: each is 0.76 wide in a step of 1. */
  public double x(int index) {
    return index + GAP;
  }

  /** When a bar starts, as in {@code 2026-01-02}, of an hour as in {@code 2026-01-02 10:00}. */
  public String labelOf(Bar bar, ValueFormats format) {
    return isHourly ? format.minute(bar.from()) : bar.day().toString();
  }

  /** The last bar. */
  public Bar last() {
    return bars.getLast();
  }

  /** The bars of a period, including steps without messages. */
  public static ActivityTrend of(Period period, List<Overview.Slice> slices) {
    Map<Integer, Map<String, Long>> at = slices.stream().collect(Collectors.groupingBy(Overview.Slice::step,
        Collectors.groupingBy(Overview.Slice::name, Collectors.summingLong(Overview.Slice::messages))));
    long most = Math.max(1, at.values().stream().mapToLong(ActivityTrend::sum).max().orElse(1));
    List<Instant> starts = period.steps();
    List<Bar> bars = IntStream.range(0, starts.size()).mapToObj(i -> bar(starts.get(i),
        i + 1 < starts.size() ? starts.get(i + 1) : period.until(), period, at.getOrDefault(i, Map.of()), most)).toList();
    return new ActivityTrend(bars, most, period.step() == ChronoUnit.HOURS);
  }

  private static Bar bar(Instant from, Instant until, Period period, Map<String, Long> counts, long most) {
    return new Bar(from, until, LocalDate.ofInstant(from, period.zone()), marks(counts, most), sum(counts));
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static List<Mark> marks(Map<String, Long> counts, long most) {
    List<Mark> marks = new ArrayList<>();
    double top = 100;
    for (String name : BOTTOM_TO_TOP) {
      long n = counts.getOrDefault(name, 0L);
      double height = 100.0 * n / most;
      top -= height;
      if (n > 0) {
        marks.add(new Mark(name, n, top, height));
      }
    }
    return marks;
  }
}
