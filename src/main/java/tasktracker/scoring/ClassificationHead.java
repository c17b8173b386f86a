package tasktracker.scoring;

import java.util.List;

/**
 * Judges one aspect in texts of one script, from three kinds of evidence: cues, a regression on the meaning, and
 * likeness to sentences written by hand. Each is measured against ordinary talk.
 *
 * @param cueWeight how much cues count; double where the embedding model hardly knows the language
 * @param exampleWeight how much likeness to the sentences counts; none for decisions, where it misleads
 * @param overall the spread of the three together
 */
record ClassificationHead(Aspect aspect, LogisticRegression meaning, List<Example> examples, FeatureScale cueScale, FeatureScale meaningScale, FeatureScale exampleScale,
    float cueWeight, float exampleWeight, FeatureScale overall) {

  /** A sentence written by hand and its vector. */
  record Example(String sentence, float[] vector) {}

  /** How near the nearest sentence is. */
  record Nearest(String sentence, double cosine) {}

  private static final int[] NO_CELLS = {};
  private static final int MOST_ALIKE = 5;

  /**
   * How many deviations the text stands above ordinary talk in this aspect.
   *
   * @param cues strength of the cues found, see {@link CuePhrases#strengths}
   * @param likeness of this aspect's sentences beyond those of the others
   */
  double z(double cues, float[] vector, double likeness) {
    return overall.z(sum(cues, vector, likeness));
  }

  double sum(double cues, float[] vector, double likeness) {
    return cueWeight * cueScale.z(cues) + meaningScale.z(meaning.score(vector, NO_CELLS, 0))
        + exampleWeight * exampleScale.z(likeness);
  }

  /** Mean cosine of the sentences most alike. */
  double likeness(float[] vector) {
    double[] best = new double[MOST_ALIKE];
    for (Example example : examples) {
      insert(best, VectorMath.dot(vector, example.vector));
    }
    double sum = 0;
    for (double cosine : best) {
      sum += cosine;
    }
    return sum / MOST_ALIKE;
  }

  private static void insert(double[] descending, double value) {
    double moving = value;
    for (int i = 0; i < descending.length; i++) {
      if (moving > descending[i]) {
        double shifted = descending[i];
        descending[i] = moving;
        moving = shifted;
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
