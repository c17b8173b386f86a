package tasktracker.scoring;

import java.util.List;

/**
 * A logistic regression over a dense vector and a set of hashed cells, with a ridge. Trained by accelerated gradient
 * descent with a fixed step, so that the same examples always give the same weights.
 *
 * @param dense one weight for each component of the vector
 * @param cells one weight for each hashed cell
 * @param bias the odds of an example without features
 */
record LogisticRegression(float[] dense, float[] cells, float bias) {

  /**
   * One example.
   *
   * @param cells indexes of the hashed cells that are set
   * @param cellValue what each of them counts
   * @param weight how much the example counts
   */
  record Example(float[] dense, int[] cells, float cellValue, boolean label, float weight) {}

  /** The log-odds of the features. */
  double score(float[] vector, int[] set, float cellValue) {
    double sum = bias + VectorMath.dot(dense, vector, dense.length);
    double inCells = 0;
    for (int cell : set) {
      inCells += cells[cell];
    }
    return sum + cellValue * inCells;
  }

  /**
   * Learns from the examples; both labels get the same say, however many there are of each.
   *
   * @param ridge strength of the pull towards zero, per example of average weight
   */
  static LogisticRegression train(List<Example> examples, int dimension, int cellCount, double ridge, int steps) {
    return new Training(examples, dimension, cellCount, ridge).run(steps);
  }

  /** The state of one descent (Nesterov's, with restarts left out: the problem is strongly convex). */
  private static final class Training {
    private final List<Example> examples;
    private final double[] weights;
    private final double[] total = new double[2];
    private final double[] gradient;
    private final int dimension;
    private final double ridge;
    private final double step;

    Training(List<Example> examples, int dimension, int cellCount, double ridge) {
      this.examples = examples;
      this.dimension = dimension;
      this.ridge = ridge;
      int size = dimension + cellCount + 1;
      weights = new double[size];
      gradient = new double[size];
      double longest = 0;
      for (Example e : examples) {
        total[e.label ? 1 : 0] += e.weight;
        longest = Math.max(longest, squaredLength(e));
      }
      // The logistic loss curves by at most a quarter of the squared length of an example.
      step = 1 / (0.25 * (longest + 1) + ridge);
    }

    private static double squaredLength(Example e) {
      double sum = (double) e.cells.length * e.cellValue * e.cellValue;
      for (float x : e.dense) {
        sum += x * x;
      }
      return sum;
    }

    LogisticRegression run(int steps) {
      double[] ahead = weights.clone();
      double[] previous = weights.clone();
      double momentum = (1 - Math.sqrt(ridge * step)) / (1 + Math.sqrt(ridge * step));
      for (int s = 0; s < steps; s++) {
        fillGradient(ahead);
        for (int i = 0; i < weights.length; i++) {
          weights[i] = ahead[i] - step * gradient[i];
          ahead[i] = weights[i] + momentum * (weights[i] - previous[i]);
          previous[i] = weights[i];
        }
      }
      return result();
    }

    private void fillGradient(double[] at) {
      for (int i = 0; i < at.length - 1; i++) {
        gradient[i] = ridge * at[i];
      }
      gradient[at.length - 1] = 0;
      for (Example e : examples) {
        double error = 1 / (1 + Math.exp(-dot(at, e))) - (e.label ? 1 : 0);
        add(e, error * e.weight / (2 * total[e.label ? 1 : 0]));
      }
    }

    private double dot(double[] at, Example e) {
      double sum = at[at.length - 1];
      for (int i = 0; i < dimension; i++) {
        sum += at[i] * e.dense[i];
      }
      double inCells = 0;
      for (int cell : e.cells) {
        inCells += at[dimension + cell];
      }
      return sum + e.cellValue * inCells;
    }

    private void add(Example e, double amount) {
      for (int i = 0; i < dimension; i++) {
        gradient[i] += amount * e.dense[i];
      }
      for (int cell : e.cells) {
        gradient[dimension + cell] += amount * e.cellValue;
      }
      gradient[gradient.length - 1] += amount;
    }

    private LogisticRegression result() {
      float[] dense = new float[dimension];
      float[] cells = new float[weights.length - 1 - dimension];
      for (int i = 0; i < weights.length - 1; i++) {
        if (i < dimension) {
          dense[i] = (float) weights[i];
        } else {
          cells[i - dimension] = (float) weights[i];
        }
      }
      return new LogisticRegression(dense, cells, (float) weights[weights.length - 1]);
    }
  }
}
