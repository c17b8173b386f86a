package tasktracker.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import tasktracker.platform.data.Ids;

/** What a request tells of itself, and what is harmless when it is a lie. */
final class ClientAddress {

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private ClientAddress() {}

  /** True when the browser spoke https, even if a proxy in front undid it. A lie only makes our cookies stricter. */
  static boolean isSecure(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }

  /** The caller's own id of the request when it looks like one, or a new one. */
  static String requestId(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("X-Request-ID")).filter(id -> REQUEST_ID.matcher(id).matches())
        .orElseGet(() -> Ids.next().toString());
  }
}
