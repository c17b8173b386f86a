package tasktracker.scoring.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A logistic regression that is trained on corrections, for one aspect, for signal or for spam. Its influence grows with
 * the square root of the number of corrections.
 *
 * @param corrections the number of corrections in the training set
 */
public record CorrectionClassifier(LogisticRegression regression, FeatureScale scale, int corrections) {

  /** The number of corrections at which this classifier and the built-in model have equal influence. */
  static final double EQUAL_INFLUENCE_CORRECTIONS = 60;
  /** The minimum number of samples of each label. */
  static final int MIN_PER_LABEL = 3;
  static final int BUCKETS = 8192;
  /** Words have more weight than the vector, because the embedding model does not know a team's own vocabulary. Tuned. */
  private static final float BUCKET_WEIGHT = 3;
  private static final float VOTE_WEIGHT = 0.5f;
  private static final float ASPECT_WEIGHT = 0.1f;
  private static final double RIDGE = 0.001;
  private static final int STEPS = 120;

  /** The features of a message and its label. */
  public record Sample(float[] input, int[] buckets, boolean label) {

    /** @param votes the number of acknowledgements that follow the message */
    public static Sample of(List<String> tokens, float[] vector, Map<Aspect, Double> aspectZScores, int votes, boolean label) {
      // The first and the last word distinguish a request from a report.
      List<String> bounded = new ArrayList<>(List.of("^"));
      bounded.addAll(tokens);
      bounded.add("$");
      return new Sample(createInput(vector, aspectZScores, votes), FeatureHasher.hashWords(bounded, BUCKETS), label);
    }

    private float bucketValue() {
      return BUCKET_WEIGHT * FeatureHasher.bucketValue(buckets);
    }
  }

  private static float[] createInput(float[] vector, Map<Aspect, Double> aspectZScores, int votes) {
    float[] input = Arrays.copyOf(vector, vector.length + Aspect.values().length + 1);
    input[input.length - 1] = VOTE_WEIGHT * (float) Math.log1p(votes);
    aspectZScores.forEach((aspect, zScore) -> input[vector.length + aspect.ordinal()] = ASPECT_WEIGHT * (float) Math.clamp(zScore, -3, 3));
    return input;
  }

  /** Whether there are enough samples of both labels. */
  static boolean canTrain(List<Sample> samples) {
    long label = samples.stream().filter(Sample::label).count();
    return label >= MIN_PER_LABEL && samples.size() - label >= MIN_PER_LABEL;
  }

  /** Trains a logistic regression on the samples, which must not be empty; the same samples give the same classifier. */
  public static CorrectionClassifier train(List<Sample> samples) {
    return new CorrectionClassifier(trainRegression(samples), computeScale(samples), samples.size());
  }

  private static LogisticRegression trainRegression(List<Sample> samples) {
    List<LogisticRegression.Example> examples = new ArrayList<>();
    samples.forEach(
        sample -> examples.add(new LogisticRegression.Example(sample.input, sample.buckets, sample.bucketValue(), sample.label, 1)));
    return LogisticRegression.train(examples, samples.getFirst().input.length, BUCKETS, RIDGE, STEPS);
  }

  /** The distribution of scores on unseen samples, by two-fold cross-validation. */
  private static FeatureScale computeScale(List<Sample> samples) {
    List<Double> scores = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      List<Sample> training = selectHalf(samples, half);
      List<Sample> validation = selectHalf(samples, 1 - half);
      LogisticRegression regression = trainRegression(training);
      validation.forEach(sample -> scores.add(regression.score(sample.input, sample.buckets, sample.bucketValue())));
    }
    return FeatureScale.of(scores);
  }

  /** Selects every second sample of each label. */
  private static List<Sample> selectHalf(List<Sample> samples, int half) {
    List<Sample> selected = new ArrayList<>();
    int[] seen = new int[2];
    for (Sample sample : samples) {
      if (seen[sample.label ? 1 : 0]++ % 2 == half) {
        selected.add(sample);
      }
    }
    return selected;
  }

  /** Predicts the z-score to add to that of the built-in model. */
  public double predictAdjustment(Sample message) {
    double zScore = scale.zScore(regression.score(message.input, message.buckets, message.bucketValue()));
    return Math.sqrt(corrections / EQUAL_INFLUENCE_CORRECTIONS) * zScore;
  }
}
