package tasktracker.summary;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Stacked bar chart of messages by class, one bar for each time step. Heights are percentages of the chart.
 *
 * @param most number of messages of the highest bar
 */
public record ActivityTrend(List<Bar> bars, long most) {

  private static final double GAP = 0.12;
  private static final List<String> BOTTOM_TO_TOP = List.of("signal", "weak_signal", "noise", "spam", "unscored");

  /** One time step. */
  public record Bar(Instant from, Instant until, List<Mark> marks, long messages) {}

  /** The segment of one class in a bar. */
  public record Mark(String name, long messages, double y, double height) {}

  /** The left edge of a bar by its index: each is 0.76 wide in a step of 1. */
  public double x(int index) {
    return index + GAP;
  }

  /** Start of the last step. */
  public Instant lastStart() {
    return bars.getLast().from();
  }

  /** The bars of a period, including steps without messages. */
  public static ActivityTrend of(Period period, List<Overview.Slice> slices) {
    ChronoUnit step = period.step();
    Map<Instant, Map<String, Long>> at = slices.stream().collect(Collectors.groupingBy(
        s -> start(Overview.utc(s.at()), step).toInstant(),
        Collectors.groupingBy(Overview.Slice::name, Collectors.summingLong(Overview.Slice::messages))));
    long most = Math.max(1, at.values().stream().mapToLong(ActivityTrend::sum).max().orElse(1));
    List<Bar> bars = new ArrayList<>();
    for (ZonedDateTime from = start(Overview.utc(period.from()), step); from.toInstant()
        .isBefore(period.until()); from = from.plus(1, step)) {
      Map<String, Long> counts = at.getOrDefault(from.toInstant(), Map.of());
      bars.add(new Bar(later(from.toInstant(), period.from()), earlier(from.plus(1, step).toInstant(), period.until()),
          marks(counts, most), sum(counts)));
    }
    return new ActivityTrend(bars, most);
  }

  private static ZonedDateTime start(ZonedDateTime at, ChronoUnit step) {
    return switch (step) {
      case WEEKS -> at.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTHS -> at.withDayOfMonth(1);
      default -> at;
    };
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
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
