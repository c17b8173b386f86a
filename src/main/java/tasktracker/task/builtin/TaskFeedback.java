package tasktracker.task.builtin;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.builtin.Terms;
import tasktracker.knowledge.builtin.Utterance;
import tasktracker.scoring.model.CorrectionClassifier;
import tasktracker.scoring.model.Tokenizer;
import tasktracker.task.analyst.DecidedTask;

/** What people's decisions teach: a regression on vectors and words, and the texts that they rejected. */
final class TaskFeedback {

  private static final int MIN_PER_LABEL = 3;
  private static final double NEAR_COPY = 0.7;

  private final List<Set<String>> rejected;
  private final int dimension;
  private final @Nullable CorrectionClassifier classifier;

  TaskFeedback(List<DecidedTask> decided) {
    this.rejected = decided.stream().filter(task -> !task.isApproved()).map(task -> Terms.stems(task.text())).toList();
    this.dimension = decided.stream().map(DecidedTask::vector).filter(Objects::nonNull).mapToInt(vector -> vector.length).findFirst()
        .orElse(0);
    long approved = decided.stream().filter(DecidedTask::isApproved).count();
    boolean canLearn = approved >= MIN_PER_LABEL && decided.size() - approved >= MIN_PER_LABEL;
    this.classifier = canLearn
        ? CorrectionClassifier.train(decided.stream().map(task -> sample(task.text(), task.vector(), task.isApproved())).toList())
        : null;
  }

  private CorrectionClassifier.Sample sample(String text, float @Nullable [] vector, boolean label) {
    float[] dense = vector != null && vector.length == dimension ? vector : new float[dimension];
    return CorrectionClassifier.Sample.of(Tokenizer.tokenize(text), dense, Map.of(), 0, label);
  }

  /** What is added to the score of a sentence; 0 while too few were decided. */
  double adjustment(String text, Utterance utterance) {
    return classifier == null ? 0 : classifier.predictAdjustment(sample(text, utterance.message().vector(), false));
  }

  /** The number of decisions that the adjustment was learnt from. */
  int decisions() {
    return classifier == null ? 0 : classifier.corrections();
  }

  /** Whether people rejected nearly this text. */
  boolean isRejected(Set<String> stems) {
    return rejected.stream().anyMatch(text -> Terms.overlap(text, stems) >= NEAR_COPY
        || !stems.isEmpty() && Terms.containment(stems, text) >= 0.9 && stems.size() >= 3);
  }
}
