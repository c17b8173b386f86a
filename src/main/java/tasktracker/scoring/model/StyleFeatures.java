package tasktracker.scoring.model;

import java.util.List;

/** Features of form that indicate spam: links, amounts of money, capitals, emoji, and words of mixed scripts. */
public final class StyleFeatures {

  /** The number of features. */
  public static final int SIZE = 5;
  private static final int MIN_MIXED_LENGTH = 3;
  /** Capitals of shorter texts count less: "OK" and "README" are no advertising. */
  private static final float MIN_LETTERS = 20;
  /** Digits and a few Latin symbols before the arrows have emoji forms too, but are usually text. */
  private static final int FIRST_EMOJI = 0x2190;

  private StyleFeatures() {}

  public static float[] extract(String text, List<String> tokens) {
    return new float[]{
        tokens.contains("<url>") ? 0.3f : 0,
        tokens.contains("<money>") ? 0.3f : 0,
        hasMixedScriptWord(text) ? 0.5f : 0,
        0.5f * computeCapitalShare(text),
        Math.min(0.5f, (float) (0.3 * Math.log1p(text.codePoints().filter(StyleFeatures::isEmoji).count())))};
  }

  static boolean isEmoji(int codePoint) {
    return codePoint > FIRST_EMOJI && Character.isEmoji(codePoint);
  }

  /** Whether a word mixes Latin and Cyrillic letters, which is used to evade filters. */
  private static boolean hasMixedScriptWord(String text) {
    int latin = 0;
    int cyrillic = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetter(c)) {
        latin = 0;
        cyrillic = 0;
      } else if (c >= 0x400 && c <= 0x52F) {
        cyrillic++;
      } else if (c < 128) {
        latin++;
      }
      if (latin > 0 && cyrillic > 0 && latin + cyrillic >= MIN_MIXED_LENGTH) {
        return true;
      }
    }
    return false;
  }

  private static float computeCapitalShare(String text) {
    long letters = text.chars().filter(Character::isLetter).count();
    return text.chars().filter(Character::isUpperCase).count() / Math.max(letters, MIN_LETTERS);
  }
}
