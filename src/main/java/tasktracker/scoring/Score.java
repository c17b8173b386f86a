package tasktracker.scoring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tasktracker.scoring.ScoringPolicy.MessageClass;

/**
 * What is written beside a message.
 *
 * @param revision which text of it was judged
 * @param aspects strengths by name, with {@code spam} and {@code raw}, the content before it was calibrated
 */
record Score(UUID messageId, int revision, double importance, MessageClass classification, Factors factors,
    List<Reason> reasons, Map<String, Double> aspects, String language) {

  /** More reasons than this explain nothing. */
  private static final int REASONS_KEPT = 6;

  /** The score of a judged message. */
  static Score of(ScoringInput message, Judgement judgement, double calibrated, double authorMean, ScoringPolicy weighing) {
    boolean spam = judgement.spam() >= Judge.SPAM_BOUND;
    double content = spam ? 0.05 : judgement.floorRule() == null ? calibrated : judgement.content();
    Factors factors = new Factors(content, Factors.ofAuthor(authorMean), Factors.ofAge(message.age()), Factors.NO_TOPIC);
    return new Score(message.id(), message.revision(), weighing.importance(factors),
        spam ? MessageClass.SPAM : weighing.classOf(factors), factors,
        judgement.reasons().stream().limit(REASONS_KEPT).toList(), aspects(judgement), judgement.language().wire());
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
