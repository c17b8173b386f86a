package tasktracker.scoring;

/**
 * What people did after a message, within its next dozen messages or ten minutes. It tells decisions better than the
 * words do.
 *
 * @param votes how many wrote a bare {@code +1}, {@code ok}, {@code домовились} or the like
 * @param reactions how many chose an emoji
 * @param replies how many answered it by name
 */
public record FollowUpSignals(int votes, int reactions, int replies) {

  public static final FollowUpSignals NONE = new FollowUpSignals(0, 0, 0);

  /** Deviations that a possible decision gains. */
  double decisionLift() {
    return 0.6 * Math.log1p(votes) + 0.3 * Math.log1p(reactions);
  }

  /** Deviations that any message gains: somebody cared. */
  double generalLift() {
    return 0.15 * Math.log1p(reactions) + 0.2 * Math.log1p(replies);
  }
}
