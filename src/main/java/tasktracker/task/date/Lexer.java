package tasktracker.task.date;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Splits a text into tokens, in one pass. */
final class Lexer {

  private static final int LONGEST_WORD = 24;

  private final String text;
  private final List<Token> raw = new ArrayList<>();

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    for (int i = 0; i < text.length();) {
      i = Character.isWhitespace(text.charAt(i)) ? i + 1 : lexer.add(i);
    }
    return join(lexer.raw);
  }

  private int add(int from) {
    char c = text.charAt(from);
    int to = from + 1;
    if (isDigit(c)) {
      while (to < text.length() && isDigit(text.charAt(to))) {
        to++;
      }
    } else if (Character.isLetter(c)) {
      while (to < text.length() && (Character.isLetter(text.charAt(to)) || isApostropheInside(to))) {
        to++;
      }
    }
    raw.add(token(from, to));
    return to;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean isApostropheInside(int at) {
    return isApostrophe(text.charAt(at)) && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’' || c == 'ʼ' || c == '`' || c == '‘';
  }

  private Token token(int from, int to) {
    boolean glued = from > 0 && !Character.isWhitespace(text.charAt(from - 1));
    if (isDigit(text.charAt(from))) {
      int number = to - from <= 4 ? Integer.parseInt(text, from, to, 10) : -1;
      return new Token(from, to, "0", Map.of(), number, to - from, glued, false);
    }
    String word = to - from > LONGEST_WORD ? "x" : normalize(text.substring(from, to));
    return new Token(from, to, word, Lexicon.INSTANCE.senses(word), -1, 0, glued, Character.isUpperCase(text.charAt(from)));
  }

  private static String normalize(String word) {
    return word.toLowerCase(Locale.ROOT).replace('ё', 'е').replace('’', '\'').replace('ʼ', '\'').replace('`', '\'').replace('‘', '\'')
        .replace('–', '-').replace('—', '-');
  }

  /** Joins words that the lexicon has as one phrase; the longest wins. */
  private static List<Token> join(List<Token> raw) {
    List<Token> tokens = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size();) {
      int length = longestPhrase(raw, i);
      tokens.add(length == 1 ? raw.get(i) : phrase(raw, i, i + length));
      i += length;
    }
    return tokens;
  }

  private static int longestPhrase(List<Token> raw, int from) {
    StringBuilder words = new StringBuilder(raw.get(from).text());
    int longest = 1;
    for (int n = 1; n < Lexicon.MAX_WORDS && from + n < raw.size() && Lexicon.INSTANCE.isPrefix(words.toString()); n++) {
      words.append('_').append(raw.get(from + n).text());
      longest = Lexicon.INSTANCE.senses(words.toString()).isEmpty() ? longest : n + 1;
    }
    return longest;
  }

  private static Token phrase(List<Token> raw, int from, int to) {
    StringBuilder words = new StringBuilder(raw.get(from).text());
    for (int i = from + 1; i < to; i++) {
      words.append('_').append(raw.get(i).text());
    }
    Token first = raw.get(from);
    return new Token(first.start(), raw.get(to - 1).end(), words.toString(), Lexicon.INSTANCE.senses(words.toString()), -1, 0,
        first.glued(), first.capital());
  }
}
