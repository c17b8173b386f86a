package tasktracker.knowledge.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A sentence of a message.
 *
 * @param start the position of its first UTF-16 unit in the message
 * @param end the position after the last one
 */
public record Sentence(int start, int end, String text) {

  /** The number of UTF-16 units of a message that are read. */
  private static final int MAX_READ = 20_000;
  private static final Set<String> ABBREVIATIONS = Set.of("e.g", "i.e", "etc", "vs", "mr", "mrs", "ms", "dr", "st", "no", "approx", "ca",
      "inc", "ltd", "т", "д", "п", "т.д", "т.п", "т.к", "т.е", "тобто", "напр", "р", "рр", "г", "гг", "ін", "др", "вул", "ул", "м", "см",
      "грн", "тис", "млн", "хв", "год", "руб", "тыс", "мин");

  /** Splits a text at the ends of sentences and lines. Code between triple backticks is one sentence with what precedes it. */
  public static List<Sentence> split(String text) {
    List<Sentence> sentences = new ArrayList<>();
    int length = Math.min(text.length(), MAX_READ);
    int start = 0;
    boolean inCode = false;
    for (int i = 0; i < length; i++) {
      if (text.startsWith("```", i)) {
        inCode = !inCode;
        i += 2;
      } else if (!inCode && (text.charAt(i) == '\n' || isEnd(text, start, i, length))) {
        add(sentences, text, start, i + 1);
        start = i + 1;
      }
    }
    add(sentences, text, start, length);
    return sentences;
  }

  private static void add(List<Sentence> sentences, String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    // A cut of a long text must not divide a surrogate pair.
    if (end > start && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    if (start < end) {
      sentences.add(new Sentence(start, end, text.substring(start, end)));
    }
  }

  /** Whether a sentence ends after this character: a mark, perhaps with a closing quote, before white space. */
  private static boolean isEnd(String text, int start, int at, int length) {
    char c = text.charAt(at);
    boolean atBoundary = at + 1 >= length || Character.isWhitespace(text.charAt(at + 1));
    if (!atBoundary) {
      return false;
    }
    if (c == '!' || c == '?' || c == '…') {
      return true;
    }
    if (isClosing(c)) {
      return at > start && ".!?…".indexOf(text.charAt(at - 1)) >= 0;
    }
    return c == '.' && !isAbbreviation(text, start, at);
  }

  private static boolean isClosing(char c) {
    return c == '"' || c == '”' || c == '»' || c == ')' || c == '\'';
  }

  private static boolean isAbbreviation(String text, int start, int dot) {
    int from = dot;
    while (from > start && !Character.isWhitespace(text.charAt(from - 1)) && text.charAt(from - 1) != '(') {
      from--;
    }
    String word = text.substring(from, dot).toLowerCase(Locale.ROOT);
    boolean isListNumber = !word.isEmpty() && word.chars().allMatch(Character::isDigit) && text.substring(start, from).isBlank();
    boolean isInitial = word.length() == 1 && Character.isUpperCase(text.charAt(from));
    return isListNumber || isInitial || ABBREVIATIONS.contains(word);
  }

  public boolean isQuestion() {
    int last = text.length() - 1;
    while (last >= 0 && (Character.isWhitespace(text.charAt(last)) || isClosing(text.charAt(last)))) {
      last--;
    }
    return last >= 0 && (text.charAt(last) == '?' || last > 0 && text.charAt(last) == '!' && text.charAt(last - 1) == '?');
  }
}
