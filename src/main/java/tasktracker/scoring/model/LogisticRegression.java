package tasktracker.scoring.model;

import java.util.List;

/**
 * A logistic regression with a ridge penalty over a dense vector and hashed features. It is trained by accelerated
 * gradient descent with a fixed step size, so training is deterministic.
 *
 * @param dense the weight of each component of the vector
 * @param buckets the weight of each bucket
 * @param bias the log-odds of an example without features
 */
public record LogisticRegression(float[] dense, float[] buckets, float bias) {

  /**
   * A training example.
   *
   * @param buckets the indexes of the active buckets
   * @param bucketValue the value of each active bucket
   * @param weight the weight of the example
   */
  public record Example(float[] dense, int[] buckets, float bucketValue, boolean label, float weight) {}

  /** The log-odds of the features. */
  public double score(float[] vector, int[] activeBuckets, float bucketValue) {
    double sum = bias + VectorMath.dot(dense, vector, dense.length);
    double bucketSum = 0;
    for (int bucket : activeBuckets) {
      bucketSum += buckets[bucket];
    }
    return sum + bucketValue * bucketSum;
  }

  /**
   * Trains on the examples. Both labels have the same total weight.
   *
   * @param ridge the ridge penalty for the mean loss
   */
  public static LogisticRegression train(List<Example> examples, int dimension, int bucketCount, double ridge, int steps) {
    return new GradientDescent(examples, dimension, bucketCount, ridge).run(steps);
  }

  /** Nesterov's accelerated gradient descent. No restarts are needed, because the problem is strongly convex. */
  private static final class GradientDescent {
    private final List<Example> examples;
    private final double[] weights;
    private final double[] total = new double[2];
    private final double[] gradient;
    private final int dimension;
    private final double ridge;
    private final double step;

    GradientDescent(List<Example> examples, int dimension, int bucketCount, double ridge) {
      this.examples = examples;
      this.dimension = dimension;
      this.ridge = ridge;
      int size = dimension + bucketCount + 1;
      weights = new double[size];
      gradient = new double[size];
      double maxSquaredNorm = 0;
      for (Example e : examples) {
        total[e.label ? 1 : 0] += e.weight;
        maxSquaredNorm = Math.max(maxSquaredNorm, squaredNorm(e));
      }
      // The curvature of the logistic loss is at most a quarter of the squared norm of an example.
      step = 1 / (0.25 * (maxSquaredNorm + 1) + ridge);
    }

    private static double squaredNorm(Example e) {
      double sum = (double) e.buckets.length * e.bucketValue * e.bucketValue;
      for (float x : e.dense) {
        sum += x * x;
      }
      return sum;
    }

    LogisticRegression run(int steps) {
      double[] lookahead = weights.clone();
      double[] previous = weights.clone();
      double momentum = (1 - Math.sqrt(ridge * step)) / (1 + Math.sqrt(ridge * step));
      for (int s = 0; s < steps; s++) {
        fillGradient(lookahead);
        for (int i = 0; i < weights.length; i++) {
          weights[i] = lookahead[i] - step * gradient[i];
          lookahead[i] = weights[i] + momentum * (weights[i] - previous[i]);
          previous[i] = weights[i];
        }
      }
      return createRegression();
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
      double bucketSum = 0;
      for (int bucket : e.buckets) {
        bucketSum += at[dimension + bucket];
      }
      return sum + e.bucketValue * bucketSum;
    }

    private void add(Example e, double amount) {
      for (int i = 0; i < dimension; i++) {
        gradient[i] += amount * e.dense[i];
      }
      for (int bucket : e.buckets) {
        gradient[dimension + bucket] += amount * e.bucketValue;
      }
      gradient[gradient.length - 1] += amount;
    }

    private LogisticRegression createRegression() {
      float[] dense = new float[dimension];
      float[] buckets = new float[weights.length - 1 - dimension];
      for (int i = 0; i < weights.length - 1; i++) {
        if (i < dimension) {
          dense[i] = (float) weights[i];
        } else {
          buckets[i - dimension] = (float) weights[i];
        }
      }
      return new LogisticRegression(dense, buckets, (float) weights[weights.length - 1]);
    }
  }
}
