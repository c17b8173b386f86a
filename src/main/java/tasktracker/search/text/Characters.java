package tasktracker.search.text;

/** Character classes for tokenization. */
public final class Characters {

  /** Characters that are used as apostrophes within words. */
  private static final String APOSTROPHES = "'`\u00B4\u02B9\u02BB\u02BC\u02C8\u2018\u2019\u201B\u2032\u2035\uA78C\uFF07";
  /** Quotation marks and Markdown markup around words. */
  private static final String AROUND = "\"'`*_~\u00B4\u2018\u2019\u201C\u201D\u201E\u201F";
  private static final String SENTENCE = ".,;:!?\u2026";

  private Characters() {}

  /** Whether the character always separates words, including no-break spaces and unpaired surrogates. */
  public static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c)
        || Character.getType(c) == Character.SURROGATE;
  }

  public static boolean isApostrophe(int c) {
    return APOSTROPHES.indexOf(c) >= 0;
  }

  /** Whether the character is a hyphen between parts of a compound. Dashes are not. */
  public static boolean isHyphen(int c) {
    return c == '-' || c == '\u2010' || c == '\u2011';
  }

  /** Whether the character is a combining mark. */
  public static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Whether the character is invisible within words: soft hyphen, joiners, variation selectors. */
  public static boolean isInvisible(int c) {
    return c == '\u00AD' || c == '\u200C' || c == '\u200D' || c == '\u2060' || c >= 0xFE00 && c <= 0xFE0F;
  }

  /** Whether the character is a bracket or a quotation mark. */
  public static boolean isAround(int c) {
    return AROUND.indexOf(c) >= 0 || switch (Character.getType(c)) {
      case Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION ->
        true;
      default -> false;
    };
  }

  /** Whether the character ends a sentence or a clause. */
  public static boolean isSentenceMark(int c) {
    return SENTENCE.indexOf(c) >= 0;
  }

  /** Whether the character is a hyphen or a dash. */
  public static boolean isDash(int c) {
    return Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  public static boolean isCyrillic(int c) {
    return c >= 0x0400 && c <= 0x052F;
  }

  /** Whether the character is a Latin letter, with or without an accent. */
  public static boolean isLatin(int c) {
    return Character.isLetter(c) && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN;
  }
}
