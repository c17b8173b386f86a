package tasktracker.knowledge.builtin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic on embeddings, which have length 1. */
final class Vectors {

  private Vectors() {}

  /** The cosine similarity, or 0 when a vector is missing or of another model. */
  static double cosine(float @Nullable [] a, float @Nullable [] b) {
    if (a == null || b == null || a.length != b.length) {
      return 0;
    }
    float s0 = 0;
    float s1 = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
    }
    return i < a.length ? s0 + s1 + a[i] * b[i] : s0 + s1;
  }

  /** The mean of the vectors with length 1, or null when there is none. */
  static float @Nullable [] mean(List<float[]> vectors) {
    if (vectors.isEmpty()) {
      return null;
    }
    float[] sum = new float[vectors.getFirst().length];
    vectors.stream().filter(vector -> vector.length == sum.length).forEach(vector -> add(sum, vector));
    double norm = Math.sqrt(cosine(sum, sum));
    if (norm == 0) {
      return null;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= (float) norm;
    }
    return sum;
  }

  static void add(float[] sum, float[] vector) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += vector[i];
    }
  }
}
