package tasktracker.scoring.model;

import java.util.List;

/** The mean and the standard deviation of a feature, which convert its values to z-scores that can be added. */
public record FeatureScale(float mean, float deviation) {

  public static FeatureScale of(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElse(0);
    double variance = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0);
    return new FeatureScale((float) mean, (float) Math.max(1e-6, Math.sqrt(variance)));
  }

  /** The number of standard deviations above the mean. */
  double zScore(double value) {
    return (value - mean) / deviation;
  }
}
