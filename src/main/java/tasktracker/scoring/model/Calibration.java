package tasktracker.scoring.model;

import java.util.List;

/**
 * The distribution of content scores in one chat. Scores are calibrated by their rank in the chat, because the same
 * score can be typical of a support channel and exceptional in a private group.
 *
 * @param quantiles the content scores of the chat's latest messages at equal steps of rank, ascending; empty if there
 *     are too few messages
 * @param messages the number of messages in the sample
 */
public record Calibration(List<Double> quantiles, int messages) {

  public static final Calibration NONE = new Calibration(List.of(), 0);
  /** Chats with fewer messages are not calibrated. */
  public static final int MIN_MESSAGES = 200;
  public static final int STEPS = 20;
  /** The maximum weight of the calibrated score: in some chats all messages are signal. */
  private static final double MAX_TRUST = 0.5;
  private static final double HALF_TRUST_MESSAGES = 300;

  /** Calibrates a content score: a weighted mean of the score and the score that a message of this rank has on average. */
  public double apply(double content) {
    if (messages < MIN_MESSAGES || quantiles.size() != STEPS + 1) {
      return content;
    }
    double trust = MAX_TRUST * messages / (messages + HALF_TRUST_MESSAGES);
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
    double fraction = (content - low) / Math.max(1e-9, quantiles.get(above) - low);
    return Math.clamp((above - 1 + fraction) / STEPS, 0.5 / STEPS, 1 - 0.25 / STEPS);
  }
}
