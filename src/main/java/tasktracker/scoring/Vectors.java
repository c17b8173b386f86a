package tasktracker.scoring;

/** Arithmetic on the vectors of texts, which are of unit length. */
final class Vectors {

  private Vectors() {}

  /** The cosine of two unit vectors. */
  static double dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
