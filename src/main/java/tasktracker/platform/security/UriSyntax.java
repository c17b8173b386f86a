package tasktracker.platform.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * Addresses as RFC 3986 has them. Browsers and people send others: a bar or a brace in a query is taken as it was meant,
 * a path that cannot be parsed is refused, because parts of the server would read it differently or fail.
 */
final class UriSyntax {

  /** Characters of a query that stand for themselves; percent signs are looked at one by one. */
  private static final String IN_QUERY = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/?";

  private UriSyntax() {}

  static boolean isPath(String path) {
    try {
      return path.startsWith("/") && new URI(path).getRawPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The query with what RFC 3986 has no place for percent-encoded; in linear time. */
  static String query(String given) {
    StringBuilder query = new StringBuilder(given.length());
    for (int i = 0; i < given.length(); ) {
      int c = given.codePointAt(i);
      if (IN_QUERY.indexOf(c) >= 0 || c == '%' && isEncoded(given, i)) {
        query.append((char) c);
      } else {
        encode(Character.toString(c), query);
      }
      i += Character.charCount(c);
    }
    return query.toString();
  }

  private static boolean isEncoded(String text, int percent) {
    return percent + 2 < text.length() && Character.digit(text.charAt(percent + 1), 16) >= 0
        && Character.digit(text.charAt(percent + 2), 16) >= 0;
  }

  private static void encode(String one, StringBuilder query) {
    for (byte b : one.getBytes(StandardCharsets.UTF_8)) {
      query.append('%').append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
  }
}
