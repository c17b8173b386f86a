package tasktracker.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tasktracker.platform.web.PageRequest;

/** The few addresses that ask nobody to sign in ({@code /metrics} has a lock of its own, {@link Scraping}), and the addresses that are no addresses. */
final class PublicPaths {

  private static final Set<String> EXACT =
      Set.of("/api/health", "/health", "/webhook/telegram", "/sign-in", "/preferences", "/favicon.ico", "/robots.txt", "/metrics");
  private static final Pattern TRICK = Pattern.compile("(?://|;|\\\\|/\\.{1,2}(?:/|$)|%2f|%5c|%2e|%00|%25)");

  private PublicPaths() {}

  static boolean isPublic(HttpServletRequest request) {
    String path = request.getRequestURI();
    return EXACT.contains(path) || path.startsWith("/health/") || isAsset(path)
        || path.equals("/") && !PageRequest.wantsPage(request);
  }

  /** What asks every few seconds whether the product is well. */
  static boolean isProbe(String path) {
    return path.startsWith("/health") || path.equals("/api/health") || path.equals("/metrics");
  }

  static boolean isAsset(String path) {
    return path.startsWith("/assets/");
  }

  /** True for addresses where nothing of the session is looked up, so that they answer without a database. */
  static boolean needsNobody(String path) {
    return isAsset(path) || isProbe(path) || path.startsWith("/webhook/");
  }

  /** True for spellings by which two parts of a server may understand two different addresses. */
  static boolean isTrick(HttpServletRequest request) {
    return TRICK.matcher(request.getRequestURI().toLowerCase(Locale.ROOT)).find();
  }
}
