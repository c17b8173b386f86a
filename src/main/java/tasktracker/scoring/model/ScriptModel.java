package tasktracker.scoring.model;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The classification heads for texts of one script.
 *
 * @param heads one head for each aspect
 * @param general classifies signal against noise by embedding, cue phrases and words
 * @param generalScale the distribution of the general head's score over unlabelled messages
 * @param contentScale the distribution of the combined score of the general head and the strongest aspects
 */
public record ScriptModel(Map<Aspect, ClassificationHead> heads, LogisticRegression general, FeatureScale generalScale,
    FeatureScale contentScale) {

  /** The number of buckets for word unigrams and bigrams of the general head. */
  public static final int WORD_BUCKETS = 4096;
  /** The weight of cue phrases relative to the vector in the general head. Tuned. */
  private static final float CUE_WEIGHT = 0.15f;

  ClassificationHead head(Aspect aspect) {
    return Objects.requireNonNull(heads.get(aspect), "The model has a head for each aspect");
  }

  /** Computes the z-score of each aspect. */
  public Map<Aspect, Double> computeAspects(Map<Aspect, Double> cues, float[] vector) {
    Map<Aspect, Double> similarity = similarity(vector);
    Map<Aspect, Double> zScores = new EnumMap<>(Aspect.class);
    heads.forEach((aspect, head) -> zScores.put(aspect,
        head.zScore(cues.getOrDefault(aspect, 0.0), vector, contrast(similarity, aspect))));
    return zScores;
  }

  public Map<Aspect, Double> similarity(float[] vector) {
    Map<Aspect, Double> similarity = new EnumMap<>(Aspect.class);
    heads.forEach((aspect, head) -> similarity.put(aspect, head.similarity(vector)));
    return similarity;
  }

  /** The similarity to one aspect's sentences minus the highest similarity among the other aspects. */
  public static double contrast(Map<Aspect, Double> similarity, Aspect aspect) {
    double best = -1;
    for (Map.Entry<Aspect, Double> other : similarity.entrySet()) {
      best = other.getKey() == aspect ? best : Math.max(best, other.getValue());
    }
    return Objects.requireNonNull(similarity.get(aspect), "The similarity to each aspect is known") - best;
  }

  /** Computes the z-score of the general head. */
  public double computeGeneral(Map<Aspect, Double> cues, float[] vector, List<String> tokens) {
    int[] buckets = FeatureHasher.hashWords(tokens, WORD_BUCKETS);
    return generalScale.zScore(general.score(createGeneralInput(cues, vector), buckets, FeatureHasher.bucketValue(buckets)));
  }

  /** The features of the general head: the vector and the cue phrases of each aspect. The length is not a feature. */
  public static float[] createGeneralInput(Map<Aspect, Double> cues, float[] vector) {
    float[] input = new float[vector.length + Aspect.values().length];
    System.arraycopy(vector, 0, input, 0, vector.length);
    cues.forEach((aspect, strength) -> input[vector.length + aspect.ordinal()] = CUE_WEIGHT * strength.floatValue());
    return input;
  }

  /** Combines the general head with the two strongest aspects, weighted by 0.5 and 0.25. The result is not scaled. */
  public static double combine(double general, Map<Aspect, Double> aspects) {
    double[] strongest = aspects.values().stream().mapToDouble(zScore -> Math.clamp(zScore, -1, 4)).sorted().toArray();
    int last = strongest.length - 1;
    return Math.clamp(general, -3, 3) + 0.5 * (strongest[last] + 0.5 * strongest[last - 1]);
  }
}
