package tasktracker.scoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.model.Language;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;
import tasktracker.scoring.model.Reason;
import tasktracker.scoring.policy.ImportanceFactors;
import tasktracker.scoring.policy.ScoringPolicy;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

/**
 * The computed score of a message.
 *
 * @param revision the revision of the text that was scored
 * @param aspects the strength of each aspect by name, {@code spam}, and {@code raw}, the content before calibration
 * @param failure why the text could not be classified completely, or null
 */
record Score(UUID messageId, int revision, double importance, MessageClass classification, ImportanceFactors factors,
    List<Reason> reasons, Map<String, Double> aspects, String language, @Nullable Throwable failure) {

  /** The number of reasons that are stored. */
  private static final int MAX_REASONS = 6;

  /**
   * Creates the score of a classified message.
   *
   * @param failure why the text was classified without its vector, or null
   */
  static Score of(ScoringInput message, Prediction prediction, double calibrated, double authorMean, ScoringPolicy policy,
      @Nullable Throwable failure) {
    boolean spam = prediction.spam() >= MessageClassifier.SPAM_THRESHOLD;
    double content = spam ? 0.05 : isCalibrated(prediction) ? calibrated : prediction.content();
    ImportanceFactors factors = new ImportanceFactors(content, ImportanceFactors.authorFactor(authorMean),
        ImportanceFactors.temporalFactor(message.age()), ImportanceFactors.topicsFactor(message.topicMessages()));
    return new Score(message.id(), message.revision(), policy.computeImportance(factors),
        spam ? MessageClass.SPAM : policy.classify(factors), factors,
        prediction.reasons().stream().limit(MAX_REASONS).toList(), aspects(prediction), prediction.language().wire(), failure);
  }

  /** Rules and explicit markers decide in every chat alike, so their content is not moved and does not count for others. */
  private static boolean isCalibrated(Prediction prediction) {
    return prediction.lowContentRule() == null && !prediction.isExplicit();
  }

  /** Creates the score of a message whose text could not be classified, using the remaining factors. */
  static Score withoutContent(ScoringInput message, double authorMean, ScoringPolicy policy, Throwable failure) {
    ImportanceFactors factors = policy.withoutContent(ImportanceFactors.authorFactor(authorMean),
        ImportanceFactors.temporalFactor(message.age()), ImportanceFactors.topicsFactor(message.topicMessages()));
    return new Score(message.id(), message.revision(), policy.computeImportance(factors), policy.classify(factors), factors,
        List.of(Reason.of("not_judged", 0)), Map.of(), Language.OTHER.wire(), failure);
  }

  private static Map<String, Double> aspects(Prediction prediction) {
    Map<String, Double> aspects = new TreeMap<>();
    prediction.aspects().forEach((aspect, strength) -> aspects.put(aspect.wire(), ImportanceFactors.round(strength)));
    aspects.put("spam", ImportanceFactors.round(prediction.spam()));
    if (isCalibrated(prediction)) {
      aspects.put("raw", ImportanceFactors.round(prediction.content()));
    }
    return aspects;
  }
}
