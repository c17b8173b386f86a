package tasktracker.search.text;

import java.util.Optional;

/** Finds telephone numbers regardless of the grouping of digits: "+380 (67) 123-45-67" equals 0671234567. */
public final class PhoneNumbers {

  /** The prefix of the terms of telephone numbers. */
  public static final String PREFIX = "tel:";
  private static final int MIN_DIGITS = 9;
  /** The maximum by ITU-T E.164. */
  private static final int MAX_DIGITS = 15;
  private static final int MAX_GROUPS = 6;
  private static final int MAX_SEPARATORS = 3;
  private static final String SEPARATORS = " \u00A0\u202F()-.\u2010\u2011/";
  /** The number of last digits that identify a number, without country code and trunk prefix. */
  private static final int SIGNIFICANT_DIGITS = 9;

  /**
   * A telephone number in a text.
   *
   * @param end the index after the last digit
   * @param term the index term, which is the same with and without country code
   */
  public record Phone(int end, String term) {}

  private PhoneNumbers() {}

  /** Finds the telephone number that starts at this index. Reads at most a few dozen characters. */
  public static Optional<Phone> findAt(String text, int start) {
    StringBuilder digits = new StringBuilder();
    int groups = 0;
    int end = start;
    for (int at = start; at >= 0; at = nextGroup(text, end)) {
      int to = endOfDigits(text, at);
      boolean isAnother = text.charAt(at) == '0' && digits.length() >= MIN_DIGITS;
      if (to - at > MAX_DIGITS - digits.length() || isAnother) {
        break;
      }
      digits.append(text, at, to);
      groups++;
      end = to;
    }
    return isPhone(text, start, end, digits, groups) ? Optional.of(new Phone(end, createTerm(digits))) : Optional.empty();
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && at - start <= MAX_DIGITS && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The start of the next group of digits; -1 if other characters come first. */
  private static int nextGroup(String text, int end) {
    int at = end;
    while (at < text.length() && at - end < MAX_SEPARATORS && SEPARATORS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at > end && at < text.length() && isDigit(text.charAt(at)) ? at : -1;
  }

  private static boolean isPhone(String text, int start, int end, StringBuilder digits, int groups) {
    boolean opens = digits.length() > 0 && digits.charAt(0) == '0' || start > 0 && text.charAt(start - 1) == '+';
    boolean ends = end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end));
    return ends && digits.length() >= MIN_DIGITS && groups <= MAX_GROUPS && (opens || digits.length() > 2 * groups);
  }

  private static String createTerm(StringBuilder digits) {
    return PREFIX + digits.substring(digits.length() - SIGNIFICANT_DIGITS);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
