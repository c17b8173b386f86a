package tasktracker.platform.web;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import tasktracker.platform.web.template.Translations;

/**
 * A message of the translation files with its parameters, independent of a language.
 *
 * @param key key of the translation
 * @param parameters values of the placeholders; a nested message is translated into the same language
 */
public record LocalizedMessage(String key, List<Object> parameters) {

  private static final Translations TRANSLATIONS = new Translations();

  public static LocalizedMessage of(String key, Object... parameters) {
    return new LocalizedMessage(key, List.of(parameters));
  }

  /** Returns a copy with every text parameter changed, for example sanitized. */
  public LocalizedMessage with(UnaryOperator<String> change) {
    return new LocalizedMessage(key, parameters.stream().map(p -> switch (p) {
      case LocalizedMessage inner -> inner.with(change);
      case String text -> change.apply(text);
      default -> p;
    }).toList());
  }

  /** The message in this language. */
  public String in(Locale locale) {
    return TRANSLATIONS.of(locale, key, parameters.stream().map(p -> p instanceof LocalizedMessage inner ? inner.in(locale) : p).toArray());
  }

  /** The message in English, for programs and logs. */
  public String english() {
    return in(Locale.ENGLISH);
  }
}
