package tasktracker.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The administrator's session: created by the sign-in page once, then set as a cookie in the browser of each test. A test
 * may end it; the next one creates another.
 */
final class AdminSession {
  private static final String COOKIE = "tt_session";
  private @Nullable Cookie session;

  /** Sets the session cookie in this browser; returns false when there is no valid session. */
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

  /** Saves the session that this browser has just created. */
  void keep(BrowserContext profile) {
    session = profile.cookies().stream().filter(cookie -> cookie.name.equals(COOKIE)).findFirst().orElseThrow();
  }
}
