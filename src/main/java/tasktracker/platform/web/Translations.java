package tasktracker.platform.web;

import jakarta.enterprise.context.ApplicationScoped;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The words of the product in every language: one bundle a subject below {@code words/}, each key beginning with its
 * subject. Placeholders are {@link MessageFormat}'s; plurals are written with {@link Plurals}.
 */
@ApplicationScoped
public class Translations {

  private final Map<String, Map<String, String>> bySubject = new ConcurrentHashMap<>();

  /**
   * The words of that key.
   *
   * @throws MissingResourceException when there are none: a page with a hole in it must not pass unseen
   */
  public String of(Locale locale, String key, Object... parameters) {
    String subject = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    String pattern = bySubject.computeIfAbsent(subject + "_" + locale.getLanguage(), s -> load(subject, locale)).get(key);
    if (pattern == null) {
      throw new MissingResourceException("No words for " + key + " in " + locale, Translations.class.getName(), key);
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
