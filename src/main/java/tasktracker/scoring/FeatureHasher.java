package tasktracker.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tasktracker.platform.data.StorableText;

/** Hashes parts of a text into cells, so that a regression can learn from words nobody listed. */
final class FeatureHasher {

  /** Signs of a text that are hashed, and how many are read to find them among white space. */
  private static final int HASHED = 2000;
  private static final int READ = 10 * HASHED;

  private FeatureHasher() {}

  /** Cells of the words and of the pairs of neighbouring words. */
  static int[] ofWords(List<String> tokens, int cells) {
    IntStream single = tokens.stream().mapToInt(t -> cell(t.hashCode(), 1, cells));
    IntStream pairs = IntStream.range(1, tokens.size())
        .map(i -> cell(31 * tokens.get(i - 1).hashCode() + tokens.get(i).hashCode(), 2, cells));
    return IntStream.concat(single, pairs).distinct().sorted().toArray();
  }

  /** Cells of all runs of three to five signs, where any white space is one blank and digits are alike. */
  static int[] ofSigns(String text, int cells) {
    String beginning = StorableText.truncate(text.strip(), READ);
    String line = " " + beginning.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("\\d", "0").strip() + " ";
    String bounded = line.length() > HASHED ? line.substring(0, HASHED) : line;
    int[] found = new int[3 * bounded.length()];
    int n = 0;
    for (int length = 3; length <= 5; length++) {
      for (int at = 0; at + length <= bounded.length(); at++) {
        found[n++] = cell(bounded.substring(at, at + length).hashCode(), length, cells);
      }
    }
    return Arrays.stream(found, 0, n).distinct().sorted().toArray();
  }

  private static int cell(int hash, int salt, int cells) {
    int mixed = (hash ^ salt * 0x9E3779B9) * 0x85EBCA6B;
    mixed ^= mixed >>> 15;
    return Math.floorMod(mixed * 0xC2B2AE35, cells);
  }

  /** What one of so many cells counts: together they are one long, so that the length of a text says nothing. */
  static float value(int[] cells) {
    return cells.length == 0 ? 0 : (float) (1 / Math.sqrt(cells.length));
  }
}
