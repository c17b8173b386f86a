package tasktracker.search.text;

/** Emoji are words of their own: one base with its modifiers, a flag, or several that are joined into one picture. */
public final class Emoji {

  private static final int JOINER = 0x200D;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;
  /** The longest emoji, flags of regions, have 14 UTF-16 units; longer sequences are cut into several. */
  private static final int LONGEST = 32;

  private Emoji() {}

  /** How many UTF-16 units the emoji that begins there has; 0 where none begins. */
  public static int lengthAt(String text, int start) {
    int first = text.codePointAt(start);
    if (isRegional(first)) {
      int next = start + 2;
      return next < text.length() && isRegional(text.codePointAt(next)) ? 4 : 2;
    }
    return isBase(first) ? sequence(text, start) - start : 0;
  }

  private static int sequence(String text, int start) {
    int at = start + Character.charCount(text.codePointAt(start));
    while (at < text.length() && at - start < LONGEST) {
      int c = text.codePointAt(at);
      boolean joined = isModifier(c) || c == JOINER || isBase(c) && text.charAt(at - 1) == JOINER;
      if (!joined) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }

  /** Digits, # and * count as emoji in Unicode, and are none by themselves. */
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

  /** The emoji as it is looked for: of any colour of skin, and in the style of text or of a picture. */
  public static String normalForm(String emoji) {
    StringBuilder plain = new StringBuilder(emoji.length());
    emoji.codePoints().filter(c -> !isStyle(c) && !Character.isEmojiModifier(c)).forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
