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
record Score(UUID messageId, int revision, double importance, MessageClass classification, Factors factors,
    List<Reason> reasons, Map<String, Double> aspects, String language, @Nullable Throwable failure) {

  /** More reasons than this explain nothing. */
  private static final int REASONS_KEPT = 6;

  /**
   * The score of a judged message.
   *
   * @param failure why it was judged without its vector, or null when it was judged fully
   */
  static Score of(ScoringInput message, Judgement judgement, double calibrated, double authorMean, ScoringPolicy weighing,
      @Nullable Throwable failure) {
    boolean spam = judgement.spam() >= Judge.SPAM_BOUND;
    double content = spam ? 0.05 : judgement.floorRule() == null ? calibrated : judgement.content();
    Factors factors = new Factors(content, Factors.ofAuthor(authorMean), Factors.ofAge(message.age()), Factors.NO_TOPIC);
    return new Score(message.id(), message.revision(), weighing.importance(factors),
        spam ? MessageClass.SPAM : weighing.classOf(factors), factors,
        judgement.reasons().stream().limit(REASONS_KEPT).toList(), aspects(judgement), judgement.language().wire(), failure);
  }

  /** The score, by the remaining factors, of a message whose text could not be judged. */
  static Score withoutContent(ScoringInput message, double authorMean, ScoringPolicy weighing, Throwable failure) {
    Factors factors = weighing.withoutContent(Factors.ofAuthor(authorMean), Factors.ofAge(message.age()), Factors.NO_TOPIC);
    return new Score(message.id(), message.revision(), weighing.importance(factors), weighing.classOf(factors), factors,
        List.of(Reason.of("not_judged", 0)), Map.of(), Language.OTHER.wire(), failure);
  }

  private static Map<String, Double> aspects(Judgement judgement) {
    Map<String, Double> aspects = new TreeMap<>();
    judgement.aspects().forEach((aspect, strength) -> aspects.put(aspect.wire(), Factors.rounded(strength)));
    aspects.put("spam", Factors.rounded(judgement.spam()));
    if (judgement.floorRule() == null) {
      aspects.put("raw", Factors.rounded(judgement.content()));
    }
    return aspects;
  }
}
