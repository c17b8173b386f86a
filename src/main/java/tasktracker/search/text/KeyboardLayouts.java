package tasktracker.search.text;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What was meant when the keyboard stood on another layout: "htksp" is "реліз". */
public final class KeyboardLayouts {

  private static final String ENGLISH = "`qwertyuiop[]\\asdfghjkl;'zxcvbnm,.";
  private static final String UKRAINIAN = "'йцукенгшщзхїґфівапролджєячсмитьбю";
  private static final String RUSSIAN = "ёйцукенгшщзхъ\\фывапролджэячсмитьбю";
  private static final List<Map<Integer, Integer>> CHANGES = List.of(
      map(ENGLISH, UKRAINIAN), map(ENGLISH, RUSSIAN), map(UKRAINIAN, ENGLISH), map(RUSSIAN, ENGLISH));

  private KeyboardLayouts() {}

  private static Map<Integer, Integer> map(String from, String to) {
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < from.length(); i++) {
      map.put((int) from.charAt(i), (int) to.charAt(i));
    }
    return Map.copyOf(map);
  }

  /** The same keys on other layouts: English as Ukrainian and Russian and the other way round; in lower case. */
  public static Stream<String> variants(String typed) {
    String lower = typed.toLowerCase(Locale.ROOT);
    return CHANGES.stream().map(keys -> replaced(lower, keys)).filter(variant -> !variant.equals(lower)).distinct();
  }

  private static String replaced(String text, Map<Integer, Integer> keys) {
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints().map(c -> keys.getOrDefault(c, c)).forEach(replaced::appendCodePoint);
    return replaced.toString();
  }
}
