package tasktracker.scoring.model;

/** Arithmetic on unit vectors. */
final class VectorMath {

  private VectorMath() {}

  /** The dot product, which is the cosine similarity of two unit vectors. */
  static double dot(float[] a, float[] b) {
    return dot(a, b, Math.min(a.length, b.length));
  }

  /** The dot product of the first {@code length} components. Four independent sums allow instruction-level parallelism. */
  static double dot(float[] a, float[] b, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < length; i++) {
      s0 += a[i] * b[i];
    }
    return (double) s0 + s1 + s2 + s3;
  }
}
