package tasktracker.harness;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a benchmark found, beside its goal. {@code bin/bench} gathers the lines into one table; a figure that misses
 * its goal says so and fails nothing.
 */
public record BenchmarkResult(String name, double[] measured, String unit) {

  private static final String MARK = "figure:";

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
    say("at least", goal, median() >= goal);
  }

  /** The less the better. */
  public void atMost(double goal) {
    say("at most", goal, median() <= goal);
  }

  private double median() {
    return measured[measured.length / 2];
  }

  private void say(String how, double goal, boolean reached) {
    System.out.println(String.format(Locale.ROOT, "%s%s|%.2f%s|%.2f to %.2f|%s %.2f|%s", MARK, name, median(), unit,
        measured[0], measured[measured.length - 1], how, goal, reached ? "reached" : "MISSED"));
  }
}
