package tasktracker.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.IntStream;

/** Metrics of a ranking by score: ROC AUC, R-precision and false-positive rate. */
public record RankingMetrics(double[] scores, boolean[] labels, int[] lengths) {

  /** The minimum number of pairs of similar length. */
  static final int MIN_PAIRS = 500;

  public int positives() {
    return (int) IntStream.range(0, labels.length).filter(i -> labels[i]).count();
  }

  /** The area under the ROC curve. */
  public double auc() {
    return Arrays.stream(placements(true)).average().orElse(Double.NaN);
  }

  /** Half the width of the 95 % confidence interval of {@link #auc}, by DeLong, DeLong and Clarke-Pearson (1988). */
  public double confidenceHalfWidth() {
    double[] positivePlacements = placements(true);
    double[] negativePlacements = placements(false);
    return 1.96
        * Math.sqrt(variance(positivePlacements) / positivePlacements.length + variance(negativePlacements) / negativePlacements.length);
  }

  /** For each item of one label, the share of items of the other label that are ranked correctly relative to it. */
  private double[] placements(boolean positive) {
    double[] others = IntStream.range(0, scores.length).filter(i -> labels[i] != positive).mapToDouble(i -> scores[i]).sorted()
        .toArray();
    return IntStream.range(0, scores.length).filter(i -> labels[i] == positive).mapToDouble(i -> {
      double below = (bound(others, scores[i], false) + bound(others, scores[i], true)) / 2.0 / others.length;
      return positive ? below : 1 - below;
    }).toArray();
  }

  private static int bound(double[] sorted, double value, boolean after) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value || after && sorted[middle] == value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / Math.max(1, values.length - 1);
  }

  /** The AUC over pairs whose lengths differ by at most a fifth of the longer; "not measurable" if there are too few. */
  public String lengthMatchedAuc() {
    Integer[] byLength = IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingInt(i -> lengths[i]))
        .toArray(Integer[]::new);
    double won = 0;
    long pairs = 0;
    for (int a = 0; a < byLength.length; a++) {
      for (int b = a + 1; b < byLength.length && lengths[byLength[b]] * 0.8 <= lengths[byLength[a]]; b++) {
        if (labels[byLength[a]] != labels[byLength[b]]) {
          int up = labels[byLength[a]] ? byLength[a] : byLength[b];
          int down = labels[byLength[a]] ? byLength[b] : byLength[a];
          won += scores[up] > scores[down] ? 1 : scores[up] == scores[down] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return pairs < MIN_PAIRS ? "not measurable" : String.format(Locale.ROOT, "%.3f", won / pairs);
  }

  /** R-precision: the precision at rank R, where R is the number of positives. */
  public double rPrecision() {
    int positives = positives();
    return IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(i -> -scores[i])).limit(positives)
        .filter(i -> labels[i]).count() / (double) positives;
  }

  /** The false-positive rate at the threshold with the given recall. */
  double lostAt(double found) {
    double[] positive = IntStream.range(0, scores.length).filter(i -> labels[i]).mapToDouble(i -> scores[i]).sorted().toArray();
    double bound = positive[(int) Math.floor((1 - found) * positive.length)];
    return IntStream.range(0, scores.length).filter(i -> !labels[i] && scores[i] >= bound).count()
        / (double) (scores.length - positives());
  }
}
