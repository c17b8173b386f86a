package tasktracker.scoring;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * All heads for texts of one script.
 *
 * @param heads one for each aspect
 * @param general tells what is worth finding again from what may be forgotten, by meaning, cues and words
 * @param generalScale spread of the general head over ordinary talk
 * @param contentScale spread of the general head and the strongest aspects together
 */
record ScriptModel(Map<Aspect, ClassificationHead> heads, LogisticRegression general, FeatureScale generalScale, FeatureScale contentScale) {

  /** How many hashed cells the general head has for words and pairs of words. */
  static final int WORD_CELLS = 4096;
  /** How much the cues count beside the vector in the general head; set by trial. */
  private static final float CUE_SHARE = 0.15f;

  /** How many deviations the text stands above ordinary talk, by aspect. */
  Map<Aspect, Double> aspects(Map<Aspect, Double> cues, float[] vector) {
    Map<Aspect, Double> likeness = likeness(vector);
    Map<Aspect, Double> found = new EnumMap<>(Aspect.class);
    heads.forEach((aspect, head) -> found.put(aspect,
        head.z(cues.getOrDefault(aspect, 0.0), vector, contrast(likeness, aspect))));
    return found;
  }

  Map<Aspect, Double> likeness(float[] vector) {
    Map<Aspect, Double> likeness = new EnumMap<>(Aspect.class);
    heads.forEach((aspect, head) -> likeness.put(aspect, head.likeness(vector)));
    return likeness;
  }

  /** Likeness to one aspect's sentences beyond that to the best of the others. */
  static double contrast(Map<Aspect, Double> likeness, Aspect aspect) {
    double best = -1;
    for (Map.Entry<Aspect, Double> other : likeness.entrySet()) {
      best = other.getKey() == aspect ? best : Math.max(best, other.getValue());
    }
    return likeness.get(aspect) - best;
  }

  /** How worthwhile the text is apart from any aspect, in deviations above ordinary talk. */
  double general(Map<Aspect, Double> cues, float[] vector, List<String> tokens) {
    int[] cells = FeatureHasher.ofWords(tokens, WORD_CELLS);
    return generalScale.z(general.score(generalInput(cues, vector), cells, FeatureHasher.value(cells)));
  }

  /** What the general head sees: the vector and the cues of each aspect. Never the length. */
  static float[] generalInput(Map<Aspect, Double> cues, float[] vector) {
    float[] input = new float[vector.length + Aspect.values().length];
    System.arraycopy(vector, 0, input, 0, vector.length);
    cues.forEach((aspect, strength) -> input[vector.length + aspect.ordinal()] = CUE_SHARE * strength.floatValue());
    return input;
  }

  /** The general head and half of the two strongest aspects together, before they are set on a scale. */
  static double together(double general, Map<Aspect, Double> aspects) {
    double[] strongest = aspects.values().stream().mapToDouble(z -> Math.clamp(z, -1, 4)).sorted().toArray();
    int last = strongest.length - 1;
    return Math.clamp(general, -3, 3) + 0.5 * (strongest[last] + 0.5 * strongest[last - 1]);
  }
}
