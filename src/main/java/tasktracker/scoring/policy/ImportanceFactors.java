package tasktracker.scoring.policy;

import java.time.Duration;

/**
 * The four factors of importance, each 0 to 1.
 *
 * @param content how much information the message contains
 * @param author the mean content factor of its author's latest messages
 * @param temporal how recent the message was when it was scored
 * @param topics how active its topic is
 */
public record ImportanceFactors(double content, double author, double temporal, double topics) {

  /** The topic factor of a message that has no topic, or a small one. */
  public static final double DEFAULT_TOPICS = 0.4;
  private static final double DEFAULT_AUTHOR = 0.5;

  public ImportanceFactors {
    content = round(content);
    author = round(author);
    temporal = round(temporal);
    topics = round(topics);
  }

  /** Rounds to two decimals and never returns negative zero. */
  public static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /**
   * The author factor: messages of authors whose latest messages are mostly signal rank higher.
   *
   * @param mean the mean content factor of the author's latest scored messages, or NaN if there are none
   */
  public static double authorFactor(double mean) {
    if (Double.isNaN(mean)) {
      return DEFAULT_AUTHOR;
    }
    if (mean > 0.7) {
      return 0.9;
    }
    return mean < 0.3 ? 0.2 : round(mean);
  }

  /** The temporal factor: less than an hour, a day or a week old, or older. */
  public static double temporalFactor(Duration age) {
    if (age.compareTo(Duration.ofHours(1)) < 0) {
      return 0.9;
    }
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      return 0.7;
    }
    return age.compareTo(Duration.ofDays(7)) < 0 ? 0.5 : 0.3;
  }

  /** The topics factor: a topic with more than 50 or more than 10 messages, or a smaller one or none. */
  public static double topicsFactor(int messages) {
    if (messages > 50) {
      return 0.9;
    }
    return messages > 10 ? 0.6 : DEFAULT_TOPICS;
  }
}
