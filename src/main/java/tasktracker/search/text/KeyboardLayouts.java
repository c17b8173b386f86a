package tasktracker.search.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Converts text typed with the wrong keyboard layout: "htksp" to "реліз". */
public final class KeyboardLayouts {

  private static final String ENGLISH = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,.";
  private static final String UKRAINIAN = "'йцукенгшщзхїґфівапролджєячсмитьбю";
  private static final String RUSSIAN = "ёйцукенгшщзхъ\\фывапролджэячсмитьбю";
  private static final List<Map<Integer, Integer>> MAPPINGS = List.of(
      map(ENGLISH, UKRAINIAN), map(ENGLISH, RUSSIAN), map(UKRAINIAN, ENGLISH), map(RUSSIAN, ENGLISH));

  private KeyboardLayouts() {}

  private static Map<Integer, Integer> map(String from, String to) {
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < from.length(); i++) {
      map.put((int) from.charAt(i), (int) to.charAt(i));
    }
    return Map.copyOf(map);
  }

  /** The text in other layouts, in lower case: from English to Ukrainian and Russian, and from these to English. */
  public static Stream<String> variants(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return MAPPINGS.stream().map(keys -> replace(lower, keys)).filter(variant -> !variant.equals(lower)).distinct();
  }

  private static String replace(String text, Map<Integer, Integer> keys) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints().map(c -> keys.getOrDefault(c, c)).forEach(result::appendCodePoint);
    return result.toString();
  }
}
