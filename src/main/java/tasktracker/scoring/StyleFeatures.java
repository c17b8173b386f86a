package tasktracker.scoring;

import java.util.List;

/** How a message is dressed, as far as it gives advertising away: links, sums, capitals, emoji, letters that only look right. */
final class StyleFeatures {

  /** How many numbers {@link #of} gives. */
  static final int SIZE = 5;
  private static final int DISGUISED_LENGTH = 3;

  private StyleFeatures() {}

  static float[] of(String text, List<String> tokens) {
    return new float[] {
        tokens.contains("<url>") ? 0.3f : 0,
        tokens.contains("<money>") ? 0.3f : 0,
        hasDisguisedWord(text) ? 0.5f : 0,
        0.5f * capitals(text),
        Math.min(0.5f, (float) (0.3 * Math.log1p(text.codePoints().filter(c -> c > 0x2190).count())))};
  }

  /** A word of both Latin and Cyrillic letters: written to slip through filters. */
  private static boolean hasDisguisedWord(String text) {
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
      if (latin > 0 && cyrillic > 0 && latin + cyrillic >= DISGUISED_LENGTH) {
        return true;
      }
    }
    return false;
  }

  private static float capitals(String text) {
    long letters = text.chars().filter(Character::isLetter).count();
    return letters == 0 ? 0 : (float) text.chars().filter(Character::isUpperCase).count() / letters;
  }
}
