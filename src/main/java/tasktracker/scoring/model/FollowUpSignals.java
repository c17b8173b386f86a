package tasktracker.scoring.model;

/**
 * Reactions to a message within the next twelve messages or ten minutes. They indicate decisions better than the text
 * does.
 *
 * @param votes the number of acknowledgements such as {@code +1}, {@code ok} or {@code домовились}
 * @param reactions the number of emoji reactions
 * @param replies the number of direct replies
 */
public record FollowUpSignals(int votes, int reactions, int replies) {

  public static final FollowUpSignals NONE = new FollowUpSignals(0, 0, 0);

  /** The z-score that is added to the aspect {@link Aspect#DECISION}. */
  public double decisionAdjustment() {
    return 0.6 * Math.log1p(votes) + 0.3 * Math.log1p(reactions);
  }

  /** The z-score that is added to the general head. */
  double generalAdjustment() {
    return 0.15 * Math.log1p(reactions) + 0.2 * Math.log1p(replies);
  }
}
