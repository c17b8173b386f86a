package tasktracker.scoring.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link MessageClassifier} for one message.
 *
 * @param content how much information the message contains, 0 to 1
 * @param isExplicit whether an explicit marker decided about the content, which calibration then leaves alone
 * @param aspects the strength of each aspect, 0 to 1
 * @param spam the probability of spam, 0 to 1
 * @param lowContentRule the low-content rule that matched, or null
 * @param reasons the reasons for and against importance, strongest first
 */
public record Prediction(double content, boolean isExplicit, Map<Aspect, Double> aspects, double spam, Language language,
    @Nullable String lowContentRule, List<Reason> reasons) {

  /** The weight from which what people corrected counts more than the shape of a message. */
  private static final double MIN_LEARNED = 0.5;

  /** Whether more is known than that an automated author writes in this shape: spam, a marker, or corrections by people. */
  public boolean outweighsRepetition() {
    return isExplicit || spam >= MessageClassifier.SPAM_THRESHOLD
        || reasons.stream().anyMatch(reason -> "learned".equals(reason.code()) && reason.weight() >= MIN_LEARNED);
  }
}
