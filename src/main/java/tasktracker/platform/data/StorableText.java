package tasktracker.platform.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Makes any text one that PostgreSQL can keep: NUL and lone surrogates become U+FFFD; all else stays as it was. */
public final class StorableText {

  private static final int LONGEST_NAME = 300;
  private static final int LONGEST_KEY = 500;
  private static final int KEPT_OF_KEY = 200;

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

  /** The first characters of the text, so many UTF-16 units at most, never half of a surrogate pair. */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** A name as it can be kept and shown: at most {@value #LONGEST_NAME} characters, which no known source exceeds. */
  public static @Nullable String name(@Nullable String name) {
    return name == null ? null : of(beginning(name, LONGEST_NAME));
  }

  /**
   * An id of a source as an index can keep it. One of more than {@value #LONGEST_KEY} characters is told by its
   * beginning and its SHA-256: different ids stay different, the same one stays the same.
   */
  public static String key(String id) {
    return id.length() <= LONGEST_KEY ? of(id) : of(beginning(id, KEPT_OF_KEY)) + '~' + sha256(id);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
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
