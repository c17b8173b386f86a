package tasktracker.platform.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Sanitizes text for PostgreSQL: NUL and lone surrogates are replaced by U+FFFD. */
public final class StorableText {

  private static final int MAX_NAME_LENGTH = 300;
  private static final int MAX_KEY_LENGTH = 500;
  private static final int KEY_PREFIX_LENGTH = 200;

  private StorableText() {}

  /** True for a text that PostgreSQL can store unchanged. */
  public static boolean isStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUnstorable(text, i)) {
        return false;
      }
    }
    return true;
  }

  /** The sanitized text, of the same length in UTF-16 units, so that offsets into it stay valid. */
  public static String of(String text) {
    return isStorable(text) ? text : sanitize(text);
  }

  /** Like {@link #of}; null for null. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** Truncates a text to this number of UTF-16 units without splitting a surrogate pair. */
  public static String truncate(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
  }

  /** Sanitizes a name and truncates it to {@value #MAX_NAME_LENGTH} characters, which no known source exceeds. */
  public static @Nullable String name(@Nullable String name) {
    return name == null ? null : of(truncate(name, MAX_NAME_LENGTH));
  }

  /**
   * Shortens an external id so that it fits into an index. One of more than {@value #MAX_KEY_LENGTH} characters is replaced
   * by its beginning and its SHA-256, so different ids stay different and equal ids stay equal.
   */
  public static String key(String id) {
    return id.length() <= MAX_KEY_LENGTH ? of(id) : of(truncate(id, KEY_PREFIX_LENGTH)) + '~' + sha256(id);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  private static String sanitize(String text) {
    StringBuilder mended = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (isUnstorable(text, i)) {
        mended.setCharAt(i, '\uFFFD');
      }
    }
    return mended.toString();
  }

  private static boolean isUnstorable(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return c == 0 || Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
