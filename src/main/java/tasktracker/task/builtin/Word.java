package tasktracker.task.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, a mention or a mark of punctuation.
 *
 * @param start the position of its first UTF-16 unit in the message
 * @param end the position after the last one
 * @param text in lower case; English negations are words of their own, {@code n't}
 * @param isCapital whether it begins with a capital letter
 */
record Word(int start, int end, String text, boolean isCapital) {

  /** Possessive, so that matching takes linear time. */
  private static final Pattern TOKEN = Pattern.compile("@[\\p{L}\\p{N}_]++|#[\\p{L}\\p{N}_]++|https?://\\S++"
      + "|[\\p{L}\\p{N}]++(?:[-'’ʼ._][\\p{L}\\p{N}]++)*+|[,;:?!()\\n—–-]");
  private static final String NEGATION = "n't";
  private static final int MAX_WORDS = 300;

  /** The words of a part of a text, at most the first 300. */
  static List<Word> read(String text, int from, int to) {
    List<Word> words = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text).region(from, to);
    while (words.size() < MAX_WORDS && matcher.find()) {
      add(words, matcher);
    }
    return words;
  }

  static List<Word> read(String text) {
    return read(text, 0, text.length());
  }

  private static void add(List<Word> words, Matcher matcher) {
    String lower = matcher.group().toLowerCase(Locale.ROOT).replace('’', '\'').replace('ʼ', '\'');
    boolean isCapital = Character.isUpperCase(matcher.group().codePointAt(0));
    boolean isCannot = lower.equals("cannot");
    if (isCannot || lower.length() > NEGATION.length() && lower.endsWith(NEGATION)) {
      int cut = matcher.end() - NEGATION.length();
      words.add(new Word(matcher.start(), cut, isCannot ? "ca" : lower.substring(0, lower.length() - NEGATION.length()), isCapital));
      words.add(new Word(cut, matcher.end(), NEGATION, false));
    } else {
      words.add(new Word(matcher.start(), matcher.end(), lower.equals("not") ? NEGATION : lower, isCapital));
    }
  }

  boolean isMention() {
    return text.length() > 1 && text.charAt(0) == '@';
  }

  boolean isWord() {
    return Character.isLetterOrDigit(text.charAt(0)) || text.equals(NEGATION) || isMention();
  }

  boolean is(String other) {
    return text.equals(other);
  }

  boolean isLatin() {
    return text.charAt(0) < '\u0250';
  }

  boolean isNegation() {
    return is(NEGATION) || is("не") || is("no") || is("never");
  }

  /** Whether a clause ends before or at this mark. */
  boolean isBreak() {
    return !isWord() && !is("-") && !is("(") && text.charAt(0) != '#' && !text.startsWith("http");
  }
}
