package tasktracker.search.text;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Letters of one alphabet that look like those of another: "cервер" with a Latin c. A word that mixes alphabets is
 * brought to the one that all of its letters can be read in; of two such, to that of most of its letters.
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

  /** True for a word that has both Cyrillic and Latin letters. */
  public static boolean isMixed(String word) {
    return word.codePoints().anyMatch(Characters::isCyrillic) && word.codePoints().anyMatch(Characters::isLatin);
  }

  /**
   * The word in one alphabet, or as it was when it is in one or cannot be.
   *
   * @param word in its own case (H looks like Н, h does not)
   */
  public static String inOneAlphabet(String word) {
    if (!isMixed(word)) {
      return word;
    }
    long cyrillic = count(word, Characters::isCyrillic);
    long latin = count(word, Characters::isLatin);
    boolean readsAsCyrillic = word.codePoints().filter(Characters::isLatin).allMatch(TO_CYRILLIC::containsKey);
    boolean readsAsLatin = word.codePoints().filter(Characters::isCyrillic).allMatch(TO_LATIN::containsKey);
    return readsAsCyrillic && (cyrillic >= latin || !readsAsLatin) ? replaced(word, TO_CYRILLIC)
        : readsAsLatin ? replaced(word, TO_LATIN) : word;
  }

  private static long count(String word, IntPredicate which) {
    return word.codePoints().filter(which).count();
  }

  private static String replaced(String word, Map<Integer, Integer> letters) {
    StringBuilder replaced = new StringBuilder(word.length());
    word.codePoints().map(c -> letters.getOrDefault(c, c)).forEach(replaced::appendCodePoint);
    return replaced.toString();
  }
}
