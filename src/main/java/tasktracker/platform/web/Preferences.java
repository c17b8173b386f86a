package tasktracker.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;

/**
 * How a person wants pages to look.
 *
 * @param language {@code en} or {@code uk}
 * @param theme {@code light}, {@code dark} or {@code system}
 * @param density {@code comfortable} or {@code compact}
 * @param shortcuts whether single keys act
 */
public record Preferences(String language, String theme, String density, boolean shortcuts) {

  public static final Set<String> LANGUAGES = Set.of("en", "uk");
  public static final Set<String> THEMES = Set.of("light", "dark", "system");
  public static final Set<String> DENSITIES = Set.of("comfortable", "compact");
  public static final Preferences USUAL = new Preferences("en", "system", "comfortable", true);

  public Preferences {
    language = LANGUAGES.contains(language) ? language : "en";
    theme = THEMES.contains(theme) ? theme : "system";
    density = DENSITIES.contains(density) ? density : "comfortable";
  }

  /** How the one who asks wants pages to look, as far as that is known. */
  public static Preferences of(HttpServletRequest request) {
    return request.getAttribute(ViewWriter.PREFERENCES) instanceof Preferences known ? known : USUAL;
  }

  public Locale locale() {
    return Locale.forLanguageTag(language);
  }
}
