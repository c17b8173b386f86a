package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.model.CorrectionClassifier;
import tasktracker.scoring.model.FollowUpSignals;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.Prediction;
import tasktracker.scoring.model.Tokenizer;

/** Evaluates decisions and actions in meetings, with and without labels of other meetings, and content against noise. */
final class MeetingEvaluation {

  private static final int PARTS = 5;
  /** The number of following lines that are searched for acknowledgements. */
  private static final int FOLLOW_UP_LINES = 12;
  /** Every tenth unmarked line of other meetings is used for training. */
  private static final int UNMARKED_STEP = 10;

  private final VectorCache vectors;
  private final MessageClassifier classifier;
  private final List<EvaluationData.Line> all;
  private final List<Integer> contentLines;

  MeetingEvaluation(VectorCache vectors, MessageClassifier classifier, EvaluationData data) {
    this.vectors = vectors;
    this.classifier = classifier;
    this.all = data.meetings();
    this.contentLines = IntStream.range(0, all.size()).filter(i -> !all.get(i).noise()).boxed().toList();
    vectors.prepare(contentLines.stream().map(i -> all.get(i).text()).toList());
  }

  void printTo(ScoringEvaluation table) {
    List<LabelledExample> items = contentLines.stream().map(i -> new LabelledExample(List.of(all.get(i).text()), all.get(i).marked(), ""))
        .toList();
    double[] alone = contentLines.stream().mapToDouble(i -> zScore(i, FollowUpSignals.NONE)).toArray();
    double[] withFollowUps = contentLines.stream().mapToDouble(i -> zScore(i, countFollowUps(i))).toArray();
    print(table, "w3c-minutes (decision, no labels, words alone)", items, alone);
    print(table, "w3c-minutes (decision, no labels, with follow-up signals)", items, withFollowUps);
    print(table, "w3c-minutes (decision, trained on other meetings)", items, crossValidate(withFollowUps));
    table.print("w3c-minutes (content: talk against meeting noise)", noiseExamples(), table.of(Prediction::content), "");
  }

  private static void print(ScoringEvaluation table, String name, List<LabelledExample> items, double[] scores) {
    RankingMetrics ranking = ScoringEvaluation.ranking(items, scores);
    table.print(name, ranking, String.format(Locale.ROOT, "R-precision %.3f", ranking.rPrecision()));
  }

  private double zScore(int line, FollowUpSignals followUps) {
    String text = all.get(line).text();
    double zScore = classifier.aspectZScores(text, vectors.of(text)).get(Aspect.DECISION);
    return classifier.hasLowContent(text) ? -5 : zScore > 0.5 ? zScore + followUps.decisionAdjustment() : zScore;
  }

  private FollowUpSignals countFollowUps(int line) {
    int votes = 0;
    for (int i = line + 1; i < Math.min(all.size(), line + 1 + FOLLOW_UP_LINES)
        && all.get(i).meeting().equals(all.get(line).meeting()); i++) {
      votes += classifier.isVote(all.get(i).text()) ? 1 : 0;
    }
    return new FollowUpSignals(votes, 0, 0);
  }

  private double[] crossValidate(double[] builtIn) {
    double[] scores = new double[contentLines.size()];
    for (int part = 0; part < PARTS; part++) {
      int validationPart = part;
      CorrectionClassifier classifier = CorrectionClassifier
          .train(IntStream.range(0, contentLines.size()).filter(i -> partOf(i) != validationPart)
              .filter(i -> all.get(contentLines.get(i)).marked() || i % UNMARKED_STEP == 0).mapToObj(this::sample).toList());
      IntStream.range(0, contentLines.size()).filter(i -> partOf(i) == validationPart)
          .forEach(i -> scores[i] = builtIn[i] + classifier.predictAdjustment(sample(i)));
    }
    return scores;
  }

  private int partOf(int index) {
    return Math.floorMod(all.get(contentLines.get(index)).meeting().hashCode() * 31 >>> 4, PARTS);
  }

  private CorrectionClassifier.Sample sample(int index) {
    EvaluationData.Line line = all.get(contentLines.get(index));
    return CorrectionClassifier.Sample.of(Tokenizer.tokenize(line.text()), vectors.of(line.text()),
        classifier.aspectZScores(line.text(), vectors.of(line.text())),
        countFollowUps(contentLines.get(index)).votes(), line.marked());
  }

  private List<LabelledExample> noiseExamples() {
    List<LabelledExample> items = new ArrayList<>();
    IntStream.range(0, all.size()).filter(i -> i % 4 == 0)
        .forEach(i -> items.add(new LabelledExample(List.of(all.get(i).text()), !all.get(i).noise(), "")));
    return items;
  }
}
