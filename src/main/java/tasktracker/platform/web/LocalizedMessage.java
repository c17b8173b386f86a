package tasktracker.platform.web;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A sentence of the words files and what stands in it, to be said in any language.
 *
 * @param key of the words
 * @param parameters what stands in it; a saying among them is said in the same language
 */
public record LocalizedMessage(String key, List<Object> parameters) {

  private static final Translations WORDS = new Translations();

  public static LocalizedMessage of(String key, Object... parameters) {
    return new LocalizedMessage(key, List.of(parameters));
  }

  /** The same with every text in it changed, such as into one that can be stored. */
  public LocalizedMessage with(UnaryOperator<String> change) {
    return new LocalizedMessage(key, parameters.stream().map(p -> switch (p) {
      case LocalizedMessage inner -> inner.with(change);
      case String text -> change.apply(text);
      default -> p;
    }).toList());
  }

  /** The sentence in that language. */
  public String in(Locale locale) {
    return WORDS.of(locale, key, parameters.stream().map(p -> p instanceof LocalizedMessage inner ? inner.in(locale) : p).toArray());
  }

  /** The sentence as programs and logs are told it. */
  public String english() {
    return in(Locale.ENGLISH);
  }
}
