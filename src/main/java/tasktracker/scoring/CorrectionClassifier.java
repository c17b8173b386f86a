package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What people's corrections taught about one thing, an aspect or worth in general: a small regression whose say grows
 * with the square root of their number.
 *
 * @param corrections how many it learnt from
 */
record CorrectionClassifier(LogisticRegression regression, FeatureScale scale, int corrections) {

  /** With so many corrections the learnt and the built-in have the same say. */
  static final double EVEN = 60;
  /** Fewer than this of either verdict teach nothing yet. */
  static final int LEAST_OF_EACH = 3;
  static final int CELLS = 8192;
  /** Words count more than meaning here: what a team's own words mean, no model knows. Set by trial. */
  private static final float CELL_SHARE = 3;
  private static final float VOTE_SHARE = 0.5f;
  private static final float ASPECT_SHARE = 0.1f;
  private static final double RIDGE = 0.001;
  private static final int STEPS = 120;

  /** One message people have judged: what the regression sees of it, and the verdict. */
  record Case(float[] input, int[] cells, boolean yes) {

    /** @param votes how many agreed right after the message */
    static Case of(List<String> tokens, float[] vector, Map<Aspect, Double> deviations, int votes, boolean yes) {
      // How a message begins and ends tells a request from a report.
      List<String> bounded = new ArrayList<>(List.of("^"));
      bounded.addAll(tokens);
      bounded.add("$");
      return new Case(inputOf(vector, deviations, votes), FeatureHasher.ofWords(bounded, CELLS), yes);
    }

    private float cellValue() {
      return CELL_SHARE * FeatureHasher.value(cells);
    }
  }

  private static float[] inputOf(float[] vector, Map<Aspect, Double> deviations, int votes) {
    float[] input = Arrays.copyOf(vector, vector.length + Aspect.values().length + 1);
    input[input.length - 1] = VOTE_SHARE * (float) Math.log1p(votes);
    deviations.forEach((aspect, z) -> input[vector.length + aspect.ordinal()] =
        ASPECT_SHARE * (float) Math.clamp(z, -3, 3));
    return input;
  }

  /** True when there are enough verdicts of both sorts to learn from. */
  static boolean canLearn(List<Case> cases) {
    long yes = cases.stream().filter(Case::yes).count();
    return yes >= LEAST_OF_EACH && cases.size() - yes >= LEAST_OF_EACH;
  }

  static CorrectionClassifier from(List<Case> cases) {
    return new CorrectionClassifier(train(cases), scale(cases), cases.size());
  }

  private static LogisticRegression train(List<Case> cases) {
    List<LogisticRegression.Example> examples = new ArrayList<>();
    cases.forEach(c -> examples.add(new LogisticRegression.Example(c.input, c.cells, c.cellValue(), c.yes, 1)));
    return LogisticRegression.train(examples, cases.getFirst().input.length, CELLS, RIDGE, STEPS);
  }

  /** How scores spread over messages it has not learnt from: each half judged by what the other taught. */
  private static FeatureScale scale(List<Case> cases) {
    List<Double> scores = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      List<Case> taught = half(cases, half);
      List<Case> judged = half(cases, 1 - half);
      LogisticRegression regression = train(taught);
      judged.forEach(c -> scores.add(regression.score(c.input, c.cells, c.cellValue())));
    }
    return FeatureScale.of(scores);
  }

  /** Every second case of either verdict. */
  private static List<Case> half(List<Case> cases, int half) {
    List<Case> chosen = new ArrayList<>();
    int[] seen = new int[2];
    for (Case c : cases) {
      if (seen[c.yes ? 1 : 0]++ % 2 == half) {
        chosen.add(c);
      }
    }
    return chosen;
  }

  /** Deviations to add to what the built-in heads say. */
  double lift(Case message) {
    double z = scale.z(regression.score(message.input, message.cells, message.cellValue()));
    return Math.sqrt(corrections / EVEN) * z;
  }
}
