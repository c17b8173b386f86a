package tasktracker.search.text;

/** Finds and normalizes emoji: a base with modifiers, a flag, or a sequence with joiners. */
public final class Emoji {

  private static final int JOINER = 0x200D;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;
  /** The longest emoji, flags of regions, have 14 UTF-16 units. Longer sequences are split. */
  private static final int MAX_LENGTH = 32;

  private Emoji() {}

  /** The length of the emoji at this index in UTF-16 units; 0 if there is none. */
  public static int lengthAt(String text, int start) {
    int first = text.codePointAt(start);
    if (isRegional(first)) {
      int next = start + 2;
      return next < text.length() && isRegional(text.codePointAt(next)) ? 4 : 2;
    }
    return isBase(first) ? endOfSequence(text, start) - start : 0;
  }

  private static int endOfSequence(String text, int start) {
    int at = start + Character.charCount(text.codePointAt(start));
    while (at < text.length() && at - start < MAX_LENGTH) {
      int c = text.codePointAt(at);
      boolean joined = isModifier(c) || c == JOINER || isBase(c) && text.charAt(at - 1) == JOINER;
      if (!joined) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /** In Unicode, digits, # and * have the property Emoji, but they are not emoji by themselves. */
  private static boolean isBase(int c) {
    return c >= 0xA9 && Character.isEmoji(c) && !Character.isEmojiModifier(c) || c >= 0xA9 && Character.isExtendedPictographic(c);
  }

  private static boolean isRegional(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  private static boolean isModifier(int c) {
    return isStyle(c) || c == KEYCAP || Character.isEmojiModifier(c) || c >= 0xE0020 && c <= 0xE007F;
  }

  private static boolean isStyle(int c) {
    return c == TEXT_STYLE || c == EMOJI_STYLE;
  }

  /** The normalized emoji, without skin tone and variation selectors. */
  public static String normalForm(String emoji) {
    StringBuilder plain = new StringBuilder(emoji.length());
    emoji.codePoints().filter(c -> !isStyle(c) && !Character.isEmojiModifier(c)).forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
