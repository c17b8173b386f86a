package tasktracker.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's session with a product: begun by the sign-in page once, then handed to each test's browser as
 * that browser's own cookie. A test may end it; the next one begins another.
 */
final class AdminSession {
  private static final String COOKIE = "tt_session";
  private @Nullable Cookie session;

  /** Lets this browser go on with the session; false when there is none, or none any more. */
  boolean lend(BrowserContext profile, String url) {
    Cookie lent = session;
    if (lent == null || !isOpen(lent, url)) {
      return false;
    }
    profile.addCookies(List.of(lent));
    return true;
  }

  private static boolean isOpen(Cookie session, String url) {
    return new Api(url, Map.of("Cookie", COOKIE + "=" + session.value)).answers("/api/v1/me");
  }

  /** Remembers the session that this browser has just begun. */
  void keep(BrowserContext profile) {
    session = profile.cookies().stream().filter(cookie -> cookie.name.equals(COOKIE)).findFirst().orElseThrow();
  }
}
