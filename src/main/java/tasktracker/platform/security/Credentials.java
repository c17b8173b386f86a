package tasktracker.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries to prove who asks: a bearer token, or else the cookie of a session. They are read in the same
 * way for every request, whatever its path, method and other headers.
 */
record Credentials(@Nullable String bearer, @Nullable String session) {

  static final Credentials NONE = new Credentials(null, null);
  private static final String SCHEME = "Bearer ";
  /** No token of ours is longer; one that is need not be looked up. */
  private static final int LONGEST = 500;

  static Credentials of(HttpServletRequest request) {
    return new Credentials(bearerOf(request).orElse(null), Cookies.read(request, Cookies.SESSION).map(Credentials::bounded).orElse(null));
  }

  static Optional<String> bearerOf(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> bounded(header.substring(SCHEME.length()).strip()));
  }

  private static String bounded(String secret) {
    return secret.length() <= LONGEST ? secret : "";
  }

  /** Browsers add cookies by themselves, so a page of another site may have sent this. */
  boolean isByCookie() {
    return bearer == null && session != null;
  }

  @Override
  public String toString() {
    return "Credentials[" + (bearer != null ? "bearer" : session != null ? "session" : "none") + "]"; // never the secrets
  }
}
