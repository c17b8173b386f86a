package tasktracker.platform.security.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.request.Cookies;

/**
 * The credentials of a request: a bearer token or a session cookie. They are read in the same way for every request,
 * whatever its path, method and other headers.
 */
public record Credentials(@Nullable String bearer, @Nullable String session) {

  public static final Credentials NONE = new Credentials(null, null);
  private static final String SCHEME = "Bearer ";
  /** Longer tokens are invalid and are not looked up. */
  private static final int MAX_LENGTH = 500;

  /** The bearer token and the session cookie of a request; a value of more than 500 characters becomes empty, which is invalid. */
  public static Credentials of(HttpServletRequest request) {
    return new Credentials(bearerOf(request).orElse(null),
        Cookies.read(request, Cookies.SESSION).map(Credentials::limitLength).orElse(null));
  }

  static Optional<String> bearerOf(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> limitLength(header.substring(SCHEME.length()).strip()));
  }

  private static String limitLength(String secret) {
    return secret.length() <= MAX_LENGTH ? secret : "";
  }

  /** True when only a cookie authenticates the request. Browsers add cookies also to requests of other sites. */
  public boolean isByCookie() {
    return bearer == null && session != null;
  }

  @Override
  public String toString() {
    return "Credentials[" + (bearer != null ? "bearer" : session != null ? "session" : "none") + "]"; // never the secrets
  }
}
