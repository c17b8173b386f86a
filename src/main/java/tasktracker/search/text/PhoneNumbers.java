package tasktracker.search.text;

import java.util.Optional;

/** Finds telephone numbers, however their digits are grouped: "+380 (67) 123-45-67" is 0671234567. */
public final class PhoneNumbers {

  /** What a telephone number is found by begins so; no word does. */
  public static final String PREFIX = "tel:";
  private static final int FEWEST_DIGITS = 9;
  /** As the ITU's E.164 allows. */
  private static final int MOST_DIGITS = 15;
  private static final int MOST_GROUPS = 6;
  private static final int MOST_SEPARATORS = 3;
  private static final String SEPARATORS = " \u00A0\u202F()-.\u2010\u2011/";
  /** The digits of a number without its country and trunk prefix; those of more are told apart by them as well. */
  private static final int TOLD_BY = 9;

  /**
   * A telephone number in a text.
   *
   * @param end behind its last digit
   * @param term what it is found by, the same with and without the prefix of its country
   */
  public record Phone(int end, String term) {}

  private PhoneNumbers() {}

  /** The telephone number whose first digit stands there, if one does; reads no more than a few dozen characters. */
  public static Optional<Phone> at(String text, int start) {
    StringBuilder digits = new StringBuilder();
    int groups = 0;
    int end = start;
    for (int at = start; at >= 0; at = nextGroup(text, end)) {
      int to = endOfDigits(text, at);
      boolean isAnother = text.charAt(at) == '0' && digits.length() >= FEWEST_DIGITS;
      if (to - at > MOST_DIGITS - digits.length() || isAnother) {
        break;
      }
      digits.append(text, at, to);
      groups++;
      end = to;
    }
    return isPhone(text, start, end, digits, groups) ? Optional.of(new Phone(end, term(digits))) : Optional.empty();
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && at - start <= MOST_DIGITS && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Where the next digits begin, -1 when something else comes first. */
  private static int nextGroup(String text, int end) {
    int at = end;
    while (at < text.length() && at - end < MOST_SEPARATORS && SEPARATORS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > end && at < text.length() && isDigit(text.charAt(at)) ? at : -1;
  }

  private static boolean isPhone(String text, int start, int end, StringBuilder digits, int groups) {
    boolean opens = digits.length() > 0 && digits.charAt(0) == '0' || start > 0 && text.charAt(start - 1) == '+';
    boolean ends = end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end));
    return ends && digits.length() >= FEWEST_DIGITS && groups <= MOST_GROUPS && (opens || digits.length() > 2 * groups);
  }

  private static String term(StringBuilder digits) {
    return PREFIX + digits.substring(digits.length() - TOLD_BY);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
