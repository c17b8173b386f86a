package tasktracker.scoring;

import java.time.Duration;

/**
 * The four factors of importance, each 0 to 1.
 *
 * @param content what the message carries
 * @param author what its author's messages carried lately
 * @param temporal how fresh it was when it was scored
 * @param topics how busy its topic is
 */
public record ImportanceFactors(double content, double author, double temporal, double topics) {

  /** Of a message in no topic, or in a small one. */
  public static final double NO_TOPIC = 0.4;
  private static final double NEW_AUTHOR = 0.5;

  public ImportanceFactors {
    content = rounded(content);
    author = rounded(author);
    temporal = rounded(temporal);
    topics = rounded(topics);
  }

  /** Two decimals, and never a minus zero. */
  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /**
   * What an author is worth: those who mostly say what matters are heard a little louder.
   *
   * @param mean of the content of the author's latest scored messages, or NaN when there are none
   */
  static double ofAuthor(double mean) {
    if (Double.isNaN(mean)) {
      return NEW_AUTHOR;
    }
    if (mean > 0.7) {
      return 0.9;
    }
    return mean < 0.3 ? 0.2 : rounded(mean);
  }

  /** What freshness is worth: an hour, a day, a week, older. */
  static double ofAge(Duration age) {
    if (age.compareTo(Duration.ofHours(1)) < 0) {
      return 0.9;
    }
    if (age.compareTo(Duration.ofDays(1)) < 0) {
      return 0.7;
    }
    return age.compareTo(Duration.ofDays(7)) < 0 ? 0.5 : 0.3;
  }
}
