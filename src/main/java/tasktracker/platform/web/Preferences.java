package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import tasktracker.platform.web.template.ViewWriter;

/**
 * Display preferences of a user.
 *
 * @param language {@code en} or {@code uk}
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param density {@code comfortable} or {@code compact}
 * @param shortcuts whether single-key shortcuts are enabled
 * @param timeZone the zone of days and times; of the installation when the account has none
 */
public record Preferences(String language, String theme, String density, boolean shortcuts, ZoneId timeZone) {

  public static final Set<String> LANGUAGES = Set.of("en", "uk");
  public static final Set<String> THEMES = Set.of("light", "dark", "system");
  public static final Set<String> DENSITIES = Set.of("comfortable", "compact");
  public static final Preferences DEFAULT = new Preferences("en", "system", "comfortable", true);

  public Preferences {
    language = LANGUAGES.contains(language) ? language : "en";
    theme = THEMES.contains(theme) ? theme : "system";
    density = DENSITIES.contains(density) ? density : "comfortable";
  }

  /** Preferences of a page without a sign-in, which shows no times. */
  public Preferences(String language, String theme, String density, boolean shortcuts) {
    this(language, theme, density, shortcuts, TimeZones.UTC);
  }

  /** The same preferences in another time zone. */
  public Preferences in(ZoneId zone) {
    return new Preferences(language, theme, density, shortcuts, zone);
  }

  /** The preferences of the current user, or the defaults. */
  public static Preferences of(HttpServletRequest request) {
    return request.getAttribute(ViewWriter.PREFERENCES) instanceof Preferences known ? known : DEFAULT;
  }

  public Locale locale() {
    return Locale.forLanguageTag(language);
  }
}
