package tasktracker.scoring.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The built-in model: the classification heads of both scripts and the spam head. {@code bin/evaluate --train} trains it
 * on hand-written sentences and unlabelled messages.
 *
 * @param fingerprint a hash of the training files
 */
public record ScoringModel(String fingerprint, Map<Script, ScriptModel> sets, LogisticRegression spam) {

  public static final String RESOURCE = "scoring/heads.bin";

  ScriptModel get(Script script) {
    return Objects.requireNonNull(sets.get(script), "The model has heads for each script");
  }

  /**
   * The probability that the text is spam: advertising or fraud.
   *
   * @param adjustment the log-odds that are added by corrections
   */
  double spamProbability(String text, List<String> tokens, double adjustment) {
    return 1 / (1 + Math.exp(-spamLogOdds(spam, text, tokens) - adjustment));
  }

  /** The log-odds that the text is spam. */
  public static double spamLogOdds(LogisticRegression head, String text, List<String> tokens) {
    SpamFeatures features = SpamFeatures.of(text, tokens);
    return head.score(features.style(), features.buckets(), features.bucketValue());
  }
}
