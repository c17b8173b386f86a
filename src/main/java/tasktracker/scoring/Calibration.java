package tasktracker.scoring;

import java.util.List;

/**
 * How the talk of one chat is spread, so that a message is measured against its neighbours: what is ordinary in a busy
 * support channel would stand out among friends. Ranks travel between chats where fixed thresholds do not.
 *
 * @param quantiles content of the chat's latest messages, at equal steps of rank, rising; empty when there are too few
 * @param messages how many they were taken from
 */
record Calibration(List<Double> quantiles, int messages) {

  static final Calibration NONE = new Calibration(List.of(), 0);
  /** Fewer messages than this say nothing about a chat. */
  static final int LEAST = 200;
  static final int STEPS = 20;
  /** A chat is never trusted more than this: some chats do hold nothing but signals. */
  private static final double MOST = 0.5;
  private static final double HALF_WAY = 300;

  /** The content of a message, drawn towards what its rank in the chat would be worth elsewhere. */
  double apply(double content) {
    if (messages < LEAST || quantiles.size() != STEPS + 1) {
      return content;
    }
    double trust = MOST * messages / (messages + HALF_WAY);
    return (1 - trust) * content + trust * MessageClassifier.contentAtRank(rank(content));
  }

  private double rank(double content) {
    int above = 0;
    while (above < quantiles.size() && quantiles.get(above) < content) {
      above++;
    }
    if (above == 0 || above == quantiles.size()) {
      return above == 0 ? 0.5 / STEPS : 1 - 0.25 / STEPS;
    }
    double low = quantiles.get(above - 1);
    double part = (content - low) / Math.max(1e-9, quantiles.get(above) - low);
    return Math.clamp((above - 1 + part) / STEPS, 0.5 / STEPS, 1 - 0.25 / STEPS);
  }
}
