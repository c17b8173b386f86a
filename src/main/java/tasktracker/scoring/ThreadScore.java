package tasktracker.scoring;

import java.util.List;

/** Judges a thread by its messages. */
final class ThreadScore {

  private static final int BEGINNING = 3;

  private ThreadScore() {}

  /** The best of the first three messages, half the mean of all and half the best of all. */
  static double strength(List<Double> messages) {
    double best = messages.stream().mapToDouble(v -> v).max().orElse(0);
    double beginning = messages.stream().limit(BEGINNING).mapToDouble(v -> v).max().orElse(0);
    double mean = messages.stream().mapToDouble(v -> v).average().orElse(0);
    return beginning + 0.5 * mean + 0.5 * best;
  }
}
