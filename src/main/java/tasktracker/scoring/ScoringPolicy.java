package tasktracker.scoring;

import java.util.Locale;

/**
 * Where the lines are drawn between noise and signal, and how much each factor counts.
 *
 * @param noise importance below this is noise; the bound itself is weak signal
 * @param signal importance above this is signal; the bound itself is weak signal
 * @param contentFloor content below this is noise whatever the other factors say
 * @param contentCeiling content above this is signal whatever the other factors say
 */
public record ScoringPolicy(double noise, double signal, double contentFloor, double contentCeiling, double content, double author,
    double temporal, double topics) {

  public static final ScoringPolicy USUAL = new ScoringPolicy(0.3, 0.7, 0.3, 0.7, 0.4, 0.2, 0.2, 0.2);

  public ScoringPolicy {
    if (Math.abs(content + author + temporal + topics - 1) > 0.01) {
      throw new IllegalArgumentException("The weights of the four factors must add up to 1, not "
          + (content + author + temporal + topics));
    }
    if (!(0 <= noise && noise <= signal && signal <= 1) || !(0 <= contentFloor && contentFloor <= contentCeiling && contentCeiling <= 1)) {
      throw new IllegalArgumentException("Thresholds lie between 0 and 1, that of noise below that of signal");
    }
  }

  /** The classes a message can have. */
  public enum MessageClass {
    NOISE,
    WEAK_SIGNAL,
    SIGNAL,
    SPAM;

    /** Its name in the database and in the API. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The weighted sum of the factors, two decimals. */
  public double importance(ImportanceFactors f) {
    return ImportanceFactors.rounded(content * f.content() + author * f.author() + temporal * f.temporal() + topics * f.topics());
  }

  /** Factors of a text that could not be judged: for its content stands the weighted mean of the others, so that they alone decide. */
  ImportanceFactors withoutContent(double ofAuthor, double ofAge, double ofTopics) {
    double others = author + temporal + topics;
    double mean = others > 0 ? (author * ofAuthor + temporal * ofAge + topics * ofTopics) / others : 0.5;
    return new ImportanceFactors(mean, ofAuthor, ofAge, ofTopics);
  }

  /** The class of a message that is no spam. */
  public MessageClass classOf(ImportanceFactors factors) {
    double importance = importance(factors);
    if (factors.content() < contentFloor || importance < noise) {
      return MessageClass.NOISE;
    }
    return factors.content() > contentCeiling || importance > signal ? MessageClass.SIGNAL : MessageClass.WEAK_SIGNAL;
  }

  /** The same with other thresholds. */
  public ScoringPolicy between(double newNoise, double newSignal, double newFloor, double newCeiling) {
    return new ScoringPolicy(newNoise, newSignal, newFloor, newCeiling, content, author, temporal, topics);
  }
}
