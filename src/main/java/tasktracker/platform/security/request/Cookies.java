package tasktracker.platform.security.request;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tasktracker.platform.web.Preferences;

/** Reads and sets the cookies of sessions and preferences. */
public final class Cookies {

  /** Name of the cookie with the session token. */
  public static final String SESSION = "tt_session";
  static final String PREFERENCES = "tt_prefs";
  /** Longer headers are ignored, because parsing takes more than linear time. No browser sends longer ones. */
  private static final int MAX_ACCEPT_LANGUAGE_LENGTH = 300;
  private static final Duration YEAR = Duration.ofDays(365);

  private Cookies() {}

  /** The value of a cookie; empty if the request has no such cookie or its value is empty. */
  public static Optional<String> read(HttpServletRequest request, String name) {
    return Stream.ofNullable(request.getCookies()).flatMap(Arrays::stream)
        .filter(c -> c.getName().equals(name)).map(Cookie::getValue).filter(v -> !v.isEmpty()).findFirst();
  }

  /** Sets a cookie that is HttpOnly and SameSite=Lax. */
  public static void set(HttpServletRequest request, HttpServletResponse response, String name, String value, Duration life) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setHttpOnly(true);
    cookie.setSecure(ClientAddress.isSecure(request));
    cookie.setAttribute("SameSite", "Lax");
    cookie.setMaxAge((int) life.toSeconds());
    response.addCookie(cookie);
  }

  /** Makes the browser delete a cookie. */
  public static void clear(HttpServletRequest request, HttpServletResponse response, String name) {
    set(request, response, name, "", Duration.ZERO);
  }

  /** Stores the preferences in a cookie for a year. */
  public static void savePreferences(HttpServletRequest request, HttpServletResponse response, Preferences preferences) {
    String value = String.join(".", preferences.language(), preferences.theme(), preferences.density(),
        preferences.shortcuts() ? "keys" : "no-keys");
    set(request, response, PREFERENCES, value, YEAR);
  }

  /** The preferences of the cookie, or else the defaults with the language of the browser. */
  public static Preferences preferences(HttpServletRequest request) {
    return read(request, PREFERENCES).flatMap(Cookies::parse).orElseGet(() -> new Preferences(preferredLanguage(request), "system",
        "comfortable", true));
  }

  private static Optional<Preferences> parse(String value) {
    List<String> parts = List.of(value.split("\\.", -1));
    return parts.size() != 4
        ? Optional.empty()
        : Optional.of(new Preferences(parts.get(0), parts.get(1), parts.get(2), !parts.get(3).equals("no-keys")));
  }

  /** The supported language that the browser prefers. */
  private static String preferredLanguage(HttpServletRequest request) {
    try {
      var wanted = Locale.LanguageRange.parse(
          Optional.ofNullable(request.getHeader("Accept-Language")).filter(h -> h.length() <= MAX_ACCEPT_LANGUAGE_LENGTH).orElse("en"));
      return Optional.ofNullable(Locale.lookupTag(wanted, Preferences.LANGUAGES)).orElse("en");
    } catch (IllegalArgumentException malformed) {
      return "en";
    }
  }
}
