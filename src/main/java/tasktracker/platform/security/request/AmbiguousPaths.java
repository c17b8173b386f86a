package tasktracker.platform.security.request;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects paths that a proxy, the server and the application may interpret differently, or that are invalid by RFC 3986.
 * They are refused for all callers. Authorization does not depend on this: it is decided on the matched method.
 */
public final class AmbiguousPaths {

  private static final Pattern AMBIGUOUS = Pattern.compile("(?://|;|\\\\|/\\.{1,2}(?:/|$)|%2f|%5c|%2e|%00|%25)");

  private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private AmbiguousPaths() {}

  /** Whether the path has double slashes, dot segments, encoded separators, a semicolon or a backslash, or is no URI. */
  public static boolean isOne(String path) {
    return AMBIGUOUS.matcher(path.toLowerCase(Locale.ROOT)).find() || !isUri(path) || !isUtf8(path);
  }

  /**
   * Whether a percent sign of the query is not followed by two hexadecimal digits, or the decoded bytes are not UTF-8, so that
   * readers would guess differently.
   */
  public static boolean isHalfEncoded(@Nullable String query) {
    return query != null && (HALF_ENCODED.matcher(query).find() || !isUtf8(query));
  }

  /** Characters that were not encoded are another matter: the server has decoded them already. */
  private static boolean isUtf8(String encoded) {
    byte[] decoded = URLDecoder.decode(encoded.replaceAll("[^ -~]", ""), StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** JAX-RS fails on paths that are no URI. */
  private static boolean isUri(String path) {
    try {
      return path.startsWith("/") && new URI(path).getRawPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
