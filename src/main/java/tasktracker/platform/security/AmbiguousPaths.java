package tasktracker.platform.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that a proxy, the server and the application may read in different ways, or that are none (RFC 3986). They
 * are refused for everybody; who may do what is decided elsewhere, on what was matched.
 */
final class AmbiguousPaths {

  private static final Pattern AMBIGUOUS = Pattern.compile("(?://|;|\\\\|/\\.{1,2}(?:/|$)|%2f|%5c|%2e|%00|%25)");

  private static final Pattern HALF_ENCODED = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private AmbiguousPaths() {}

  static boolean isOne(String path) {
    return AMBIGUOUS.matcher(path.toLowerCase(Locale.ROOT)).find() || !isUri(path);
  }

  /** Whether a percent sign of the query is not followed by two hexadecimal digits, so that readers would guess differently. */
  static boolean isHalfEncoded(@Nullable String query) {
    return query != null && HALF_ENCODED.matcher(query).find();
  }

  /** JAX-RS would fail at another one. */
  private static boolean isUri(String path) {
    try {
      return path.startsWith("/") && new URI(path).getRawPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
