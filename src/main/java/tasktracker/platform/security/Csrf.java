package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/** Refuses changes that somebody else's page asks for in the name of a person who is signed in here. */
@ApplicationScoped
public class Csrf {

  static final String HEADER = "X-CSRF-Token";
  static final String FIELD = "_csrf";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final SecurityConfig config;

  @SuppressWarnings("NullAway")
  protected Csrf() {
    this(null); // for the container's proxy
  }

  @Inject
  public Csrf(SecurityConfig config) {
    this.config = config;
  }

  /** The token that belongs to the secret of a cookie; whoever has it has seen a page of ours. */
  static String tokenOf(String cookie) {
    return Secrets.derived("csrf", cookie);
  }

  static boolean isSafe(String method) {
    return SAFE.contains(method);
  }

  /**
   * Requires that one of our own pages asks.
   *
   * @throws Problem 403
   */
  protected void requireOwnPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    if (site != null && !site.equals("same-origin") && !site.equals("none") && !isAllowed(origin)
        || origin != null && !isOwn(origin, request) && !isAllowed(origin)) {
      throw Problem.forbidden(Saying.of("problem.site"));
    }
  }

  /**
   * Requires the token of the very session that asks.
   *
   * @throws Problem 403
   */
  protected void requireToken(@Nullable String given, String expected) {
    if (expected.isEmpty() || !Secrets.same(given, expected)) {
      throw Problem.forbidden(Saying.of("problem.old"));
    }
  }

  /** True when a page of that origin is ours: the same host and port, as the browser or the proxy names them. */
  protected boolean isOwn(String origin, HttpServletRequest request) {
    String host = authority(origin);
    return !host.isEmpty()
        && (host.equals(withPort(request.getHeader("Host"), origin)) || host.equals(withPort(request.getHeader("X-Forwarded-Host"), origin)));
  }

  protected boolean isAllowed(@Nullable String origin) {
    return origin != null && config.allowedOrigins().contains(origin);
  }

  private static String authority(String origin) {
    try {
      URI uri = URI.create(origin);
      return uri.getScheme() == null || uri.getAuthority() == null ? "" : withPort(uri.getAuthority(), origin);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Host and port, the scheme's own port written out. */
  private static String withPort(@Nullable String host, String origin) {
    if (host == null) {
      return "";
    }
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.matches(".*:[0-9]+") ? lower : lower + (origin.startsWith("https:") ? ":443" : ":80");
  }
}
