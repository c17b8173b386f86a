package tasktracker.scoring.noise;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The coordinates of the line chart of classes by day. */
public record TrendChart(List<NoiseReport.Day> days) {

  public static final int WIDTH = 720;
  public static final int HEIGHT = 200;
  private static final int LEFT = 40;
  private static final int TOP = 10;
  private static final int BOTTOM = 24;
  private static final int HALF_TEXT = 4;
  private static final int MAX_LABELS = 7;

  /** A point on a line: a day and the number of messages of the class. */
  public record Point(LocalDate date, long count, double x, double y) {

    /** Month and day, as on the axis. */
    public String label() {
      return date.toString().substring("yyyy-".length());
    }
  }

  /** A horizontal grid line and its value. */
  public record Tick(long value, double y) {

    /** The base line of the value, which centres it on the grid line. */
    public double textY() {
      return y + HALF_TEXT;
    }
  }

  public List<String> classes() {
    return List.of("signal", "weak_signal", "noise");
  }

  public List<Point> points(String wire) {
    return IntStream.range(0, days.size())
        .mapToObj(i -> new Point(days.get(i).date(), days.get(i).of(wire), x(i), y(days.get(i).of(wire)))).toList();
  }

  /** The points of a class for an SVG {@code polyline}. */
  public String line(String wire) {
    return points(wire).stream().map(p -> String.format(Locale.ROOT, "%.1f,%.1f", p.x, p.y)).collect(Collectors.joining(" "));
  }

  private double x(int day) {
    return days.size() < 2 ? LEFT : LEFT + (double) day * (WIDTH - LEFT - 10) / (days.size() - 1);
  }

  private double y(long count) {
    return HEIGHT - BOTTOM - (double) count * (HEIGHT - TOP - BOTTOM) / axisMaximum();
  }

  /** A round number that is not less than any count. */
  long axisMaximum() {
    long max = days.stream().flatMapToLong(d -> classes().stream().mapToLong(d::of)).max().orElse(0);
    long magnitude = 1;
    while (magnitude * 10 <= max) {
      magnitude *= 10;
    }
    for (long factor : new long[]{1, 2, 5, 10}) {
      if (max <= factor * magnitude) {
        return Math.max(2, factor * magnitude);
      }
    }
    throw new IllegalStateException("No number exceeds ten times its magnitude");
  }

  public List<Tick> ticks() {
    return List.of(new Tick(0, y(0)), new Tick(axisMaximum() / 2, y(axisMaximum() / 2)), new Tick(axisMaximum(), y(axisMaximum())));
  }

  /** The days that are labelled on the horizontal axis. */
  public List<Point> labels() {
    int step = Math.max(1, days.size() / MAX_LABELS);
    return IntStream.range(0, days.size()).filter(i -> (days.size() - 1 - i) % step == 0)
        .mapToObj(i -> new Point(days.get(i).date(), 0, x(i), HEIGHT - 6)).toList();
  }
}
