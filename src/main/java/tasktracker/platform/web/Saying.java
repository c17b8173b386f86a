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
public record Saying(String key, List<Object> parameters) {

  private static final Words WORDS = new Words();

  public static Saying of(String key, Object... parameters) {
    return new Saying(key, List.of(parameters));
  }

  /** The same with every text in it changed, such as into one that can be stored. */
  public Saying with(UnaryOperator<String> change) {
    return new Saying(key, parameters.stream().map(p -> switch (p) {
      case Saying inner -> inner.with(change);
      case String text -> change.apply(text);
      default -> p;
    }).toList());
  }

  /** The sentence in that language. */
  public String in(Locale locale) {
    return WORDS.of(locale, key, parameters.stream().map(p -> p instanceof Saying inner ? inner.in(locale) : p).toArray());
  }

  /** The sentence as programs and logs are told it. */
  public String english() {
    return in(Locale.ENGLISH);
  }
}
