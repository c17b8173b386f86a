package tasktracker.scoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.scoring.ScoringPolicy.MessageClass;

/**
 * What is written beside a message.
 *
 * @param revision which text of it was judged
 * @param aspects strengths by name, with {@code spam} and {@code raw}, the content before it was calibrated
 * @param failure why the text could not be judged fully, or null when it was
 */
record Score(UUID messageId, int revision, double importance, MessageClass classification, ImportanceFactors factors,
    List<Reason> reasons, Map<String, Double> aspects, String language, @Nullable Throwable failure) {

  /** More reasons than this explain nothing. */
  private static final int REASONS_KEPT = 6;

  /**
   * The score of a judged message.
   *
   * @param failure why it was judged without its vector, or null when it was judged fully
   */
  static Score of(ScoringInput message, Prediction prediction, double calibrated, double authorMean, ScoringPolicy weighing,
      @Nullable Throwable failure) {
    boolean spam = prediction.spam() >= MessageClassifier.SPAM_BOUND;
    double content = spam ? 0.05 : prediction.floorRule() == null ? calibrated : prediction.content();
    ImportanceFactors factors = new ImportanceFactors(content, ImportanceFactors.ofAuthor(authorMean), ImportanceFactors.ofAge(message.age()), ImportanceFactors.NO_TOPIC);
    return new Score(message.id(), message.revision(), weighing.importance(factors),
        spam ? MessageClass.SPAM : weighing.classOf(factors), factors,
        prediction.reasons().stream().limit(REASONS_KEPT).toList(), aspects(prediction), prediction.language().wire(), failure);
  }

  /** The score, by the remaining factors, of a message whose text could not be judged. */
  static Score withoutContent(ScoringInput message, double authorMean, ScoringPolicy weighing, Throwable failure) {
    ImportanceFactors factors = weighing.withoutContent(ImportanceFactors.ofAuthor(authorMean), ImportanceFactors.ofAge(message.age()), ImportanceFactors.NO_TOPIC);
    return new Score(message.id(), message.revision(), weighing.importance(factors), weighing.classOf(factors), factors,
        List.of(Reason.of("not_judged", 0)), Map.of(), Language.OTHER.wire(), failure);
  }

  private static Map<String, Double> aspects(Prediction prediction) {
    Map<String, Double> aspects = new TreeMap<>();
    prediction.aspects().forEach((aspect, strength) -> aspects.put(aspect.wire(), ImportanceFactors.rounded(strength)));
    aspects.put("spam", ImportanceFactors.rounded(prediction.spam()));
    if (prediction.floorRule() == null) {
      aspects.put("raw", ImportanceFactors.rounded(prediction.content()));
    }
    return aspects;
  }
}
