package tasktracker.platform.web.template;

import jakarta.enterprise.context.ApplicationScoped;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts of the product in every language: one resource bundle for each subject below {@code words/}; each key starts
 * with its subject. Placeholders follow {@link MessageFormat}; {@link Plurals} formats plurals. Thread-safe.
 */
@ApplicationScoped
public class Translations {

  private final Map<String, Map<String, String>> bySubject = new ConcurrentHashMap<>();

  /**
   * The text of a key.
   *
   * @throws MissingResourceException when there is no translation, so that no page is shown with missing text
   */
  public String of(Locale locale, String key, Object... parameters) {
    String subject = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    String pattern = bySubject.computeIfAbsent(subject + "_" + locale.getLanguage(), s -> load(subject, locale)).get(key);
    if (pattern == null) {
      throw new MissingResourceException("No translation for " + key + " in " + locale, Translations.class.getName(), key);
    }
    return Plurals.format(pattern, locale, parameters);
  }

  private static Map<String, String> load(String subject, Locale locale) {
    ResourceBundle bundle = ResourceBundle.getBundle("words." + subject, locale, Translations.class.getClassLoader(),
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    Map<String, String> translations = new HashMap<>();
    bundle.keySet().forEach(key -> translations.put(key, bundle.getString(key)));
    return translations;
  }
}
