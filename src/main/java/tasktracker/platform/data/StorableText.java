package tasktracker.platform.data;

import org.jspecify.annotations.Nullable;

/** Makes any text one that PostgreSQL can keep: NUL and lone surrogates become U+FFFD; all else stays as it was. */
public final class StorableText {

  private StorableText() {}

  /** The text, unharmed where it can be; of the same length in UTF-16 units, so that offsets into it stay true. */
  public static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isBroken(text, i)) {
        return mended(text);
      }
    }
    return text;
  }

  /** As {@link #of}, null for null. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** The beginning of the text, at most so many UTF-16 units of it; a character that would be cut in half is left out. */
  public static String atMost(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  private static String mended(String text) {
    StringBuilder mended = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (isBroken(text, i)) {
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended.toString();
  }

  private static boolean isBroken(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return c == 0 || Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
