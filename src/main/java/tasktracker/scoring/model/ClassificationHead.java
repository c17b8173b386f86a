package tasktracker.scoring.model;

import java.util.List;

/**
 * A classification head for one aspect in texts of one script. It combines three features: cue phrases, a logistic
 * regression on the embedding, and the similarity to example sentences. Each feature is converted to a z-score over
 * unlabelled messages.
 *
 * @param meaning the regression on the embedding
 * @param cueWeight the weight of cue phrases; doubled for scripts that the embedding model represents poorly
 * @param exampleWeight the weight of the similarity to the sentences; 0 for aspects that depend on form, not on topic
 * @param overall the distribution of the weighted sum
 */
public record ClassificationHead(Aspect aspect, LogisticRegression meaning, List<Example> examples, FeatureScale cueScale,
    FeatureScale meaningScale, FeatureScale exampleScale,
    float cueWeight, float exampleWeight, FeatureScale overall) {

  /** An example sentence and its vector. */
  public record Example(String sentence, float[] vector) {}

  /** The most similar sentence and its cosine similarity. */
  record Nearest(String sentence, double cosine) {}

  private static final int[] NO_BUCKETS = {};
  private static final int NEAREST_COUNT = 5;

  /**
   * The z-score of the text for this aspect.
   *
   * @param cues the strength of the cue phrases, see {@link CuePhrases#strengths}
   * @param similarity the similarity to this aspect's sentences minus that to the other aspects' sentences
   */
  double zScore(double cues, float[] vector, double similarity) {
    return overall.zScore(sum(cues, vector, similarity));
  }

  public double sum(double cues, float[] vector, double similarity) {
    return cueWeight * cueScale.zScore(cues) + meaningScale.zScore(meaning.score(vector, NO_BUCKETS, 0))
        + exampleWeight * exampleScale.zScore(similarity);
  }

  /** The mean cosine similarity of the most similar sentences. */
  double similarity(float[] vector) {
    double[] best = new double[NEAREST_COUNT];
    for (Example example : examples) {
      insert(best, VectorMath.dot(vector, example.vector));
    }
    double sum = 0;
    for (double cosine : best) {
      sum += cosine;
    }
    return sum / NEAREST_COUNT;
  }

  private static void insert(double[] descending, double value) {
    double current = value;
    for (int i = 0; i < descending.length; i++) {
      if (current > descending[i]) {
        double shifted = descending[i];
        descending[i] = current;
        current = shifted;
      }
    }
  }

  Nearest nearest(float[] vector) {
    Nearest nearest = new Nearest("", -1);
    for (Example example : examples) {
      double cosine = VectorMath.dot(vector, example.vector);
      if (cosine > nearest.cosine) {
        nearest = new Nearest(example.sentence, cosine);
      }
    }
    return nearest;
  }
}
