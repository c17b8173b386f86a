package tasktracker.scoring;

import java.util.List;

/** How a number is spread over ordinary talk, so that numbers of different kinds can be added. */
record FeatureScale(float mean, float deviation) {

  static FeatureScale of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new FeatureScale((float) mean, (float) Math.max(1e-6, Math.sqrt(variance)));
  }

  /** How many deviations above the ordinary. */
  double z(double value) {
    return (value - mean) / deviation;
  }
}
