package tasktracker.search.text;

import java.util.Optional;

/** Finds numbers whose digits are grouped by thousands: "1 500 000" and "1'500'000" equal 1500000. */
public final class GroupedNumbers {

  /** Spaces, also no-break, narrow, thin and figure spaces, and apostrophes. Commas and dots also separate decimals. */
  private static final String SEPARATORS = " \u00A0\u202F\u2009\u2007'\u2019\u02BC";
  private static final int GROUP_LENGTH = 3;
  private static final int MAX_GROUPS = 6;

  /**
   * A number in a text.
   *
   * @param end the index after the last digit
   * @param digits the digits without separators
   */
  public record Grouped(int end, String digits) {}

  private GroupedNumbers() {}

  /** Finds the number of at least two groups that starts at this index. Reads at most a few dozen characters. */
  public static Optional<Grouped> findAt(String text, int start) {
    int end = endOfDigits(text, start);
    if (end == start || end - start > GROUP_LENGTH || text.charAt(start) == '0' || end == text.length() || isFraction(text, start)) {
      return Optional.empty();
    }
    char separator = text.charAt(end);
    StringBuilder digits = new StringBuilder(text.substring(start, end));
    for (int groups = 1; groups < MAX_GROUPS && isGroup(text, end, separator); groups++) {
      digits.append(text, end + 1, end + 1 + GROUP_LENGTH);
      end += 1 + GROUP_LENGTH;
    }
    return digits.length() > GROUP_LENGTH ? Optional.of(new Grouped(end, digits.toString())) : Optional.empty();
  }

  /** Whether a separator and exactly three digits start here. */
  private static boolean isGroup(String text, int at, char separator) {
    return at < text.length() && text.charAt(at) == separator && SEPARATORS.indexOf(separator) >= 0
        && endOfDigits(text, at + 1) == at + 1 + GROUP_LENGTH;
  }

  /** Whether the digits follow a decimal separator or belong to a version number. */
  private static boolean isFraction(String text, int start) {
    return start > 1 && ".,".indexOf(text.charAt(start - 1)) >= 0 && isDigit(text.charAt(start - 2));
  }

  private static int endOfDigits(String text, int start) {
    int at = start;
    while (at < text.length() && at - start <= GROUP_LENGTH && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
