package tasktracker.scoring;

import java.util.List;

/** Combines the scores of messages to the score of their thread. */
final class ThreadScore {

  private static final int BEGINNING = 3;

  private ThreadScore() {}

  /** The maximum of the first three scores plus half the mean and half the maximum of all scores. */
  static double compute(List<Double> messages) {
    double max = messages.stream().mapToDouble(v -> v).max().orElse(0);
    double beginning = messages.stream().limit(BEGINNING).mapToDouble(v -> v).max().orElse(0);
    double mean = messages.stream().mapToDouble(v -> v).average().orElse(0);
    return beginning + 0.5 * mean + 0.5 * max;
  }
}
