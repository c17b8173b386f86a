package tasktracker.search.text;

import java.text.Normalizer;
import java.util.Locale;

/** The one way in which a word is written for searching, however it was typed. */
public final class NormalForm {

  private static final char STRESS = '\u0301';

  private NormalForm() {}

  /** Composed (NFC), in lower case, in one alphabet, with one kind of apostrophe, and without marks of stress. */
  public static String of(String word) {
    return lower(Homoglyphs.inOneAlphabet(composed(word)));
  }

  /** The same, but in the alphabets that it was typed in. */
  public static String inItsAlphabets(String word) {
    return lower(composed(word));
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

  /** A word of Latin letters without its accents: "café" is looked for as "cafe" too. */
  public static String withoutAccents(String word) {
    if (word.chars().allMatch(c -> c < 0x80)) {
      return word;
    }
    StringBuilder plain = new StringBuilder(word.length());
    Normalizer.normalize(word, Normalizer.Form.NFD).codePoints().filter(c -> !Characters.isMark(c)).forEach(plain::appendCodePoint);
    return plain.toString();
  }
}
