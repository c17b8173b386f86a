package tasktracker.platform.security.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.access.Credentials;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Protects against cross-site request forgery (CSRF) by the headers {@code Sec-Fetch-Site} and {@code Origin}, which scripts
 * cannot set. It follows OWASP and Go's {@code CrossOriginProtection}, except that requests with a session cookie and
 * neither header are refused: every current browser sends at least one of them with a POST.
 */
@ApplicationScoped
public class CrossOriginProtection {

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final SecurityConfig config;

  @Inject
  public CrossOriginProtection(SecurityConfig config) {
    this.config = config;
  }

  /** Whether the method changes nothing: GET, HEAD or OPTIONS. */
  public static boolean isSafe(String method) {
    return SAFE.contains(method);
  }

  /**
   * Requires that a change does not come from another site. Safe methods and requests with a token pass.
   *
   * @throws Problem 403
   */
  public void requireOwnPage(HttpServletRequest request, Credentials credentials) {
    if (!isSafe(request.getMethod()) && credentials.bearer() == null && !isOwnPage(request, !credentials.isByCookie())) {
      throw Problem.forbidden(LocalizedMessage.of("problem.site"));
    }
  }

  /**
   * Requires that a socket is opened by a page of the same origin or with a token. Browsers allow cross-origin sockets and
   * send cookies with them.
   *
   * @throws Problem 403
   */
  public void requireOwnSocket(HttpServletRequest request, Credentials credentials) {
    @Nullable
    String origin = request.getHeader("Origin");
    if (origin == null ? credentials.bearer() == null : !isOwn(origin, request) && !isAllowed(origin)) {
      throw Problem.forbidden("Pages of this origin cannot subscribe to live updates.");
    }
  }

  private boolean isOwnPage(HttpServletRequest request, boolean withoutHeaders) {
    @Nullable
    String origin = request.getHeader("Origin");
    @Nullable
    String site = request.getHeader("Sec-Fetch-Site");
    if (isAllowed(origin)) {
      return true;
    }
    if (origin == null && site == null) {
      return withoutHeaders;
    }
    return (site == null || site.equals("same-origin") || site.equals("none")) && (origin == null || isOwn(origin, request));
  }

  /** True when the origin has the same host and port as the request. */
  public boolean isOwn(String origin, HttpServletRequest request) {
    String host = authority(origin);
    return !host.isEmpty() && host.equals(withPort(Optional.ofNullable(request.getHeader("Host")).orElse(""), origin));
  }

  private boolean isAllowed(@Nullable String origin) {
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

  /** Host and port, with the default port of the scheme. */
  private static String withPort(String host, String origin) {
    String lower = host.toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    boolean hasPort = colon >= 0 && colon < lower.length() - 1 && lower.substring(colon + 1).chars().allMatch(Character::isDigit);
    return hasPort ? lower : lower + (origin.startsWith("https:") ? ":443" : ":80");
  }
}
