package tasktracker.task.date;

import java.time.ZonedDateTime;
import java.util.List;

/**
 * Finds dates and times in words in English, Ukrainian and Russian, by rules. Pure and thread-safe; the cost is linear in the
 * length of the text.
 *
 * <p>What is ambiguous is left out: a bare number, "15.2" without a preposition, "3 години", which may be a duration.
 */
public final class DatePhrases {

  private DatePhrases() {}

  /**
   * Finds the dates and times of a text in their order; they do not overlap.
   *
   * @param text the text of a message
   * @param reference when the message was written, in the zone of its author
   * @param mode whether times are resolved as said or for due dates
   */
  public static List<DatePhrase> find(String text, ZonedDateTime reference, Mode mode) {
    return new PhraseParser(new Tokens(text), new Anchor(reference, mode)).parse();
  }

  /** The number of tokens that a search in the text reads, which shows that its cost is linear. */
  static long cost(String text, ZonedDateTime reference) {
    Tokens tokens = new Tokens(text);
    new PhraseParser(tokens, new Anchor(reference, Mode.TASK)).parse();
    return tokens.reads();
  }
}
