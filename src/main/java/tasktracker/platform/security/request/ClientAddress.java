package tasktracker.platform.security.request;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import tasktracker.platform.data.Ids;

/** Reads headers of a request that need no trust. */
public final class ClientAddress {

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  private ClientAddress() {}

  /** True when the browser used HTTPS, also when a proxy terminates it. A forged header only makes cookies stricter. */
  static boolean isSecure(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }

  /** The X-Request-ID of the caller if it is well-formed, or else a new id. */
  public static String requestId(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("X-Request-ID")).filter(id -> REQUEST_ID.matcher(id).matches())
        .orElseGet(() -> Ids.next().toString());
  }
}
