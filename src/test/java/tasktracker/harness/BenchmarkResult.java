package tasktracker.harness;

import java.util.Arrays;
import java.util.Locale;

/**
 * Result of a benchmark with its goal. {@code bin/bench} collects the lines into one table; a missed goal is reported but
 * fails no test.
 */
public record BenchmarkResult(String name, double[] measured, String unit) {

  private static final String PREFIX = "figure:";

  public BenchmarkResult {
    measured = measured.clone();
    Arrays.sort(measured);
  }

  /** The product's speed divided by its peer's, one of each pair. */
  public static BenchmarkResult ratio(String name, double... ratios) {
    return new BenchmarkResult(name, ratios, "");
  }

  /** The more the better. */
  public void atLeast(double goal) {
    print("at least", goal, median() >= goal);
  }

  /** The less the better. */
  public void atMost(double goal) {
    print("at most", goal, median() <= goal);
  }

  private double median() {
    return measured[measured.length / 2];
  }

  private void print(String how, double goal, boolean reached) {
    System.out.println(String.format(Locale.ROOT, "%s%s|%.2f%s|%.2f to %.2f|%s %.2f|%s", PREFIX, name, median(), unit,
        measured[0], measured[measured.length - 1], how, goal, reached ? "reached" : "MISSED"));
  }
}
