package tasktracker.search.text;

/** The classes of characters that words are told apart by. */
public final class Characters {

  /** Whatever people and their keyboards write for an apostrophe inside a word. */
  private static final String APOSTROPHES = "'`\u00B4\u02B9\u02BB\u02BC\u02C8\u2018\u2019\u201B\u2032\u2035\uA78C\uFF07";
  /** Quotation marks and the marks of Markdown that stand around words. */
  private static final String AROUND = "\"'`*_~\u00B4\u2018\u2019\u201C\u201D\u201E\u201F";
  private static final String SENTENCE = ".,;:!?\u2026";

  private Characters() {}

  /** True for what separates words whatever stands beside it, the spaces that do not break and halves of characters included. */
  public static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
  }

  public static boolean isApostrophe(int c) {
    return APOSTROPHES.indexOf(c) >= 0;
  }

  /** A hyphen between the parts of a compound; dashes are none. */
  public static boolean isHyphen(int c) {
    return c == '-' || c == '\u2010' || c == '\u2011';
  }

  /** True for marks that belong to the letter before them. */
  public static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** True for what is written inside of words without being seen: the soft hyphen, joiners, choices of a glyph. */
  public static boolean isInvisible(int c) {
    return c == '\u00AD' || c == '\u200C' || c == '\u200D' || c == '\u2060' || c >= 0xFE00 && c <= 0xFE0F;
  }

  /** True for brackets and quotation marks, which stand around what they do not belong to. */
  public static boolean isAround(int c) {
    return AROUND.indexOf(c) >= 0 || switch (Character.getType(c)) {
      case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> true;
      default -> false;
    };
  }

  /** True for what ends a sentence or a part of one. */
  public static boolean isSentenceMark(int c) {
    return SENTENCE.indexOf(c) >= 0;
  }

  /** True for hyphens and dashes of any length. */
  public static boolean isDash(int c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  public static boolean isCyrillic(int c) {
    return c >= 0x0400 && c <= 0x052F;
  }

  /** True for a Latin letter, with whatever accent. */
  public static boolean isLatin(int c) {
    return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
  }
}
