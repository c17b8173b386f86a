package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Measures decisions and actions in meetings, with and without labels of other meetings, and talk against noise. */
final class MeetingEvaluation {

  private static final int PARTS = 5;
  /** How many lines after one people may still answer it. */
  private static final int AFTER = 12;
  /** Of the many unmarked lines of other meetings, every such one is learnt from. */
  private static final int UNMARKED_STEP = 10;

  private final VectorCache vectors;
  private final MessageClassifier judge;
  private final List<EvaluationData.Line> all;
  private final List<Integer> talk;

  MeetingEvaluation(VectorCache vectors, MessageClassifier judge, EvaluationData data) {
    this.vectors = vectors;
    this.judge = judge;
    this.all = data.meetings();
    this.talk = IntStream.range(0, all.size()).filter(i -> !all.get(i).noise()).boxed().toList();
    vectors.prepare(talk.stream().map(i -> all.get(i).text()).toList());
  }

  void print(ScoringEvaluation table) {
    List<LabelledExample> items = talk.stream().map(i -> new LabelledExample(List.of(all.get(i).text()), all.get(i).marked(), "")).toList();
    double[] alone = talk.stream().mapToDouble(i -> deviation(i, FollowUpSignals.NONE)).toArray();
    double[] after = talk.stream().mapToDouble(i -> deviation(i, aftermath(i))).toArray();
    print(table, "w3c-minutes (decision, no labels, words alone)", items, alone);
    print(table, "w3c-minutes (decision, no labels, with what came after)", items, after);
    print(table, "w3c-minutes (decision, trained on other meetings)", items, trained(after));
    table.print("w3c-minutes (content: talk against meeting noise)", noiseItems(), table.of(Prediction::content), "");
  }

  private static void print(ScoringEvaluation table, String name, List<LabelledExample> items, double[] scores) {
    RankingMetrics ranking = ScoringEvaluation.ranking(items, scores);
    table.print(name, ranking, String.format(Locale.ROOT, "R-precision %.3f", ranking.rPrecision()));
  }

  private double deviation(int line, FollowUpSignals followUps) {
    String text = all.get(line).text();
    double z = judge.deviations(text, vectors.of(text)).get(Aspect.DECISION);
    return judge.isHeld(text) ? -5 : z > 0.5 ? z + followUps.decisionLift() : z;
  }

  private FollowUpSignals aftermath(int line) {
    int votes = 0;
    for (int i = line + 1; i < Math.min(all.size(), line + 1 + AFTER) && all.get(i).meeting().equals(all.get(line).meeting()); i++) {
      votes += judge.isVote(all.get(i).text()) ? 1 : 0;
    }
    return new FollowUpSignals(votes, 0, 0);
  }

  private double[] trained(double[] builtIn) {
    double[] scores = new double[talk.size()];
    for (int part = 0; part < PARTS; part++) {
      int judged = part;
      CorrectionClassifier learned = CorrectionClassifier.from(IntStream.range(0, talk.size()).filter(i -> partOf(i) != judged)
          .filter(i -> all.get(talk.get(i)).marked() || i % UNMARKED_STEP == 0).mapToObj(this::correction).toList());
      IntStream.range(0, talk.size()).filter(i -> partOf(i) == judged)
          .forEach(i -> scores[i] = builtIn[i] + learned.lift(correction(i)));
    }
    return scores;
  }

  private int partOf(int index) {
    return Math.floorMod(all.get(talk.get(index)).meeting().hashCode() * 31 >>> 4, PARTS);
  }

  private CorrectionClassifier.Case correction(int index) {
    EvaluationData.Line line = all.get(talk.get(index));
    return CorrectionClassifier.Case.of(Tokenizer.of(line.text()), vectors.of(line.text()), judge.deviations(line.text(), vectors.of(line.text())),
        aftermath(talk.get(index)).votes(), line.marked());
  }

  private List<LabelledExample> noiseItems() {
    List<LabelledExample> items = new ArrayList<>();
    IntStream.range(0, all.size()).filter(i -> i % 4 == 0).forEach(i ->
        items.add(new LabelledExample(List.of(all.get(i).text()), !all.get(i).noise(), "")));
    return items;
  }
}
