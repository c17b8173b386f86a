package tasktracker.search.text;

import java.text.Normalizer;
import java.util.Locale;

/** Normalizes words for search. */
public final class NormalForm {

  private static final char STRESS = '\u0301';

  private NormalForm() {}

  /** Normalizes to NFC, lower case, one script and one kind of apostrophe, and removes stress marks. */
  public static String of(String word) {
    return lower(Homoglyphs.normalize(composed(word)));
  }

  /** As {@link #of}, but without mapping of homoglyphs. */
  public static String withoutHomoglyphs(String word) {
    return lower(composed(word));
  }

  /**
   * As {@link #of}, but to NFKC: compatibility letters become ordinary letters ("ﬁ" becomes "fi"). Letters without such a
   * form, as Arabic ligatures of several words, are unchanged.
   */
  public static String compatible(String word) {
    String compatible = Normalizer.normalize(word, Normalizer.Form.NFKC);
    return of(compatible.codePoints().allMatch(NormalForm::belongsToWord) ? compatible : word);
  }

  private static boolean belongsToWord(int c) {
    return Character.isLetterOrDigit(c) || Characters.isMark(c) || Characters.isApostrophe(c) || Characters.isInvisible(c);
  }

  private static String composed(String word) {
    return Normalizer.isNormalized(word, Normalizer.Form.NFC) ? word : Normalizer.normalize(word, Normalizer.Form.NFC);
  }

  private static String lower(String word) {
    StringBuilder plain = new StringBuilder(word.length());
    word.toLowerCase(Locale.ROOT).codePoints().filter(c -> c != STRESS && !Characters.isInvisible(c))
        .map(c -> Characters.isApostrophe(c) ? '\'' : c == 'ё' ? 'е' : c).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Removes accents from Latin letters: "café" becomes "cafe". */
  public static String withoutAccents(String word) {
    if (word.chars().allMatch(c -> c < 0x80)) {
      return word;
    }
    StringBuilder plain = new StringBuilder(word.length());
    Normalizer.normalize(word, Normalizer.Form.NFD).codePoints().filter(c -> !Characters.isMark(c)).forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
