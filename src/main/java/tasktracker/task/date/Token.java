package tasktracker.task.date;

import java.util.Map;

/**
 * A word, a run of digits, a punctuation mark, or a phrase of the lexicon.
 *
 * @param number the value of at most four digits, or -1
 * @param digits the number of digits, or 0
 * @param glued whether no space precedes it
 */
record Token(int start, int end, String text, Map<TokenKind, Integer> senses, int number, int digits, boolean glued, boolean capital) {

  boolean is(TokenKind kind) {
    return senses.containsKey(kind);
  }

  boolean is(String mark) {
    return text.equals(mark);
  }

  int value(TokenKind kind) {
    return senses.getOrDefault(kind, 0);
  }

  boolean isWord() {
    return Character.isLetter(text.charAt(0));
  }

  boolean isCyrillic() {
    return Character.UnicodeScript.of(text.charAt(0)) == Character.UnicodeScript.CYRILLIC;
  }
}
