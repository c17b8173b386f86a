package tasktracker.scoring.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tasktracker.platform.data.StorableText;

/** Feature hashing: maps words and character n-grams to a fixed number of buckets, so that no vocabulary is needed. */
public final class FeatureHasher {

  /** The number of characters that are hashed, and the number that are read before white space is collapsed. */
  private static final int MAX_HASHED_LENGTH = 2000;
  private static final int MAX_READ_LENGTH = 10 * MAX_HASHED_LENGTH;

  private FeatureHasher() {}

  /** The buckets of word unigrams and bigrams, sorted and distinct. */
  public static int[] hashWords(List<String> tokens, int bucketCount) {
    IntStream single = tokens.stream().mapToInt(token -> bucket(token.hashCode(), 1, bucketCount));
    IntStream pairs = IntStream.range(1, tokens.size())
        .map(i -> bucket(31 * tokens.get(i - 1).hashCode() + tokens.get(i).hashCode(), 2, bucketCount));
    return IntStream.concat(single, pairs).distinct().sorted().toArray();
  }

  /** The buckets of character n-grams of three to five characters. White space is collapsed, and digits become 0. */
  public static int[] hashCharacterNgrams(String text, int bucketCount) {
    String beginning = StorableText.truncate(text.strip(), MAX_READ_LENGTH);
    String normalized = " " + beginning.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ").replaceAll("\\d", "0").strip() + " ";
    String truncated = normalized.length() > MAX_HASHED_LENGTH ? normalized.substring(0, MAX_HASHED_LENGTH) : normalized;
    int[] buckets = new int[3 * truncated.length()];
    int count = 0;
    for (int length = 3; length <= 5; length++) {
      for (int at = 0; at + length <= truncated.length(); at++) {
        buckets[count++] = bucket(truncated.substring(at, at + length).hashCode(), length, bucketCount);
      }
    }
    return Arrays.stream(buckets, 0, count).distinct().sorted().toArray();
  }

  private static int bucket(int hash, int salt, int bucketCount) {
    int mixed = (hash ^ salt * 0x9E3779B9) * 0x85EBCA6B;
    mixed ^= mixed >>> 15;
    return Math.floorMod(mixed * 0xC2B2AE35, bucketCount);
  }

  /** The value of each bucket, such that the feature vector has unit length and the length of the text has no influence. */
  public static float bucketValue(int[] buckets) {
    return buckets.length == 0 ? 0 : (float) (1 / Math.sqrt(buckets.length));
  }
}
