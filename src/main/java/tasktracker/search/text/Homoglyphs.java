package tasktracker.search.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Maps homoglyphs, letters that look like letters of another script: "cервер" with a Latin c. A word of mixed scripts is
 * mapped to the script that can represent all its letters; of two such scripts, to that of most letters.
 */
public final class Homoglyphs {

  private static final String LATIN = "aceiopxykmtABCEHIKMOPTXY\u00EF\u00EB";
  private static final String CYRILLIC = "асеіорхукмтАВСЕНІКМОРТХУїё";
  private static final Map<Integer, Integer> TO_CYRILLIC = map(LATIN, CYRILLIC);
  private static final Map<Integer, Integer> TO_LATIN = map(CYRILLIC, LATIN);

  private Homoglyphs() {}

  private static Map<Integer, Integer> map(String from, String to) {
    Map<Integer, Integer> map = new HashMap<>();
    for (int i = 0; i < from.length(); i++) {
      map.put((int) from.charAt(i), (int) to.charAt(i));
    }
    return Map.copyOf(map);
  }

  /** Whether the word has both Cyrillic and Latin letters. */
  public static boolean isMixed(String word) {
    return word.codePoints().anyMatch(Characters::isCyrillic) && word.codePoints().anyMatch(Characters::isLatin);
  }

  /**
   * Maps the word to one script. Returns it unchanged if it has one script or cannot be mapped.
   *
   * @param word the word in its original case, because homoglyphs depend on case (H looks like Н, but h does not)
   */
  public static String normalize(String word) {
    if (!isMixed(word)) {
      return word;
    }
    long cyrillic = count(word, Characters::isCyrillic);
    long latin = count(word, Characters::isLatin);
    boolean readsAsCyrillic = word.codePoints().filter(Characters::isLatin).allMatch(TO_CYRILLIC::containsKey);
    boolean readsAsLatin = word.codePoints().filter(Characters::isCyrillic).allMatch(TO_LATIN::containsKey);
    return readsAsCyrillic && (cyrillic >= latin || !readsAsLatin)
        ? replace(word, TO_CYRILLIC)
        : readsAsLatin ? replace(word, TO_LATIN) : word;
  }

  private static long count(String word, IntPredicate which) {
    return word.codePoints().filter(which).count();
  }

  private static String replace(String word, Map<Integer, Integer> letters) {
    StringBuilder result = new StringBuilder(word.length());
    word.codePoints().map(c -> letters.getOrDefault(c, c)).forEach(result::appendCodePoint);
    return result.toString();
  }
}
