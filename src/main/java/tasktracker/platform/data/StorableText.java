package tasktracker.platform.data;

import org.jspecify.annotations.Nullable;

/** Makes any text one that PostgreSQL can keep: NUL and lone surrogates become U+FFFD; all else stays as it was. */
public final class StorableText {

  private StorableText() {}

  /** True for a text that PostgreSQL keeps as it is. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isBroken(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** The text, unharmed where it can be; of the same length in UTF-16 units, so that offsets into it stay true. */
  public static String of(String text) {
    return isStorable(text) ? text : mended(text);
  }

  /** As {@link #of}, null for null. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
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
