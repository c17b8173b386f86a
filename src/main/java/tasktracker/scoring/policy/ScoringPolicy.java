package tasktracker.scoring.policy;

import java.util.Locale;

/**
 * The thresholds between noise and signal, and the weights of the factors.
 *
 * @param noise messages with an importance below this threshold are noise; the threshold itself is weak signal
 * @param signal messages with an importance above this threshold are signal; the threshold itself is weak signal
 * @param contentFloor messages with a content factor below this threshold are noise, regardless of the other factors
 * @param contentCeiling messages with a content factor above this threshold are signal, regardless of the other factors
 */
public record ScoringPolicy(double noise, double signal, double contentFloor, double contentCeiling, double content, double author,
    double temporal, double topics) {

  public static final ScoringPolicy DEFAULT = new ScoringPolicy(0.3, 0.7, 0.3, 0.7, 0.4, 0.2, 0.2, 0.2);

  public ScoringPolicy {
    double sum = content + author + temporal + topics;
    if (!(Math.abs(sum - 1) <= 0.01) || Math.min(Math.min(content, author), Math.min(temporal, topics)) < 0) {
      throw new IllegalArgumentException("The weights of the four factors must not be negative and must add up to 1, not " + sum);
    }
    if (!(0 <= noise && noise <= signal && signal <= 1) || !(0 <= contentFloor && contentFloor <= contentCeiling && contentCeiling <= 1)) {
      throw new IllegalArgumentException("Thresholds must be between 0 and 1, and that of noise must not exceed that of signal");
    }
  }

  /** The class of a message. */
  public enum MessageClass {
    NOISE,
    WEAK_SIGNAL,
    SIGNAL,
    SPAM;

    /** The name in the database and in the API. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Computes the weighted sum of the factors, rounded to two decimals. */
  public double computeImportance(ImportanceFactors factors) {
    return ImportanceFactors
        .round(content * factors.content() + author * factors.author() + temporal * factors.temporal() + topics * factors.topics());
  }

  /** The factors of a text that could not be classified: the content factor is the weighted mean of the other factors. */
  public ImportanceFactors withoutContent(double ofAuthor, double ofAge, double ofTopics) {
    double otherWeights = author + temporal + topics;
    double mean = otherWeights > 0 ? (author * ofAuthor + temporal * ofAge + topics * ofTopics) / otherWeights : 0.5;
    return new ImportanceFactors(mean, ofAuthor, ofAge, ofTopics);
  }

  /** Classifies a message that is not spam. */
  public MessageClass classify(ImportanceFactors factors) {
    double importance = computeImportance(factors);
    if (factors.content() < contentFloor || importance < noise) {
      return MessageClass.NOISE;
    }
    return factors.content() > contentCeiling || importance > signal ? MessageClass.SIGNAL : MessageClass.WEAK_SIGNAL;
  }

  /** A copy of this policy with other thresholds. */
  public ScoringPolicy withThresholds(double newNoise, double newSignal, double newFloor, double newCeiling) {
    return new ScoringPolicy(newNoise, newSignal, newFloor, newCeiling, content, author, temporal, topics);
  }
}
