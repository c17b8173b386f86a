package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tasktracker.scoring.model.LogisticRegression;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.ScoringModel;
import tasktracker.scoring.model.ScoringModelFile;
import tasktracker.scoring.model.Tokenizer;

/** Evaluates the spam head by five-fold cross-validation. */
final class SpamEvaluation {

  private static final int PARTS = 5;
  private static final ScoringModel MODEL = ScoringModelFile.read();

  private final List<LabelledExample> messages;
  private final List<String> unlabelled;
  private final List<String> unseenMessages;

  SpamEvaluation(List<LabelledExample> messages, List<String> unlabelled, List<String> unseenMessages) {
    this.messages = messages;
    this.unlabelled = unlabelled;
    this.unseenMessages = unseenMessages;
  }

  void printTo(ScoringEvaluation table) {
    double[] scores = new double[messages.size()];
    for (int part = 0; part < PARTS; part++) {
      LogisticRegression head = ScoringModelTrainer.trainSpamHead(trainingExamples(part), unlabelled);
      for (int i = 0; i < scores.length; i++) {
        if (partOf(i) == part) {
          scores[i] = logOdds(head, messages.get(i));
        }
      }
    }
    RankingMetrics ranking = ScoringEvaluation.ranking(messages, scores);
    table.print("tg-spam (spam, 5-fold cross-validation)", ranking, threshold(ranking));
    LogisticRegression handWritten = ScoringModelTrainer.trainSpamHead(List.of(), unlabelled);
    long falsePositives = unseenMessages.stream()
        .filter(t -> ScoringModel.spamLogOdds(handWritten, t, Tokenizer.tokenize(t)) >= threshold()).count();
    long modelFalsePositives = unseenMessages.stream()
        .filter(t -> ScoringModel.spamLogOdds(MODEL.spam(), t, Tokenizer.tokenize(t)) >= threshold()).count();
    System.out.printf(Locale.ROOT, "  meeting lines classified as spam: %.2f %% of %d (hand-written examples alone: %.2f %%)%n",
        100.0 * modelFalsePositives / unseenMessages.size(), unseenMessages.size(), 100.0 * falsePositives / unseenMessages.size());
    RankingMetrics alone = ScoringEvaluation.ranking(messages, messages.stream().mapToDouble(m -> logOdds(handWritten, m)).toArray());
    table.print("tg-spam (spam, hand-written examples alone)", alone, threshold(alone));
  }

  private static double logOdds(LogisticRegression head, LabelledExample message) {
    String text = message.texts().getFirst();
    return ScoringModel.spamLogOdds(head, text, Tokenizer.tokenize(text));
  }

  private static double threshold() {
    return Math.log(MessageClassifier.SPAM_THRESHOLD / (1 - MessageClassifier.SPAM_THRESHOLD));
  }

  /** Recall and false-positive rate at the threshold that the product uses. */
  private static String threshold(RankingMetrics ranking) {
    double threshold = threshold();
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < ranking.scores().length; i++) {
      if (ranking.scores()[i] >= threshold) {
        truePositives += ranking.labels()[i] ? 1 : 0;
        falsePositives += ranking.labels()[i] ? 0 : 1;
      }
    }
    return String.format(Locale.ROOT, "at the threshold: recall %.1f %%, false-positive rate %.1f %%",
        100.0 * truePositives / ranking.positives(), 100.0 * falsePositives / (ranking.scores().length - ranking.positives()));
  }

  private List<ScoringModelTrainer.SpamExample> trainingExamples(int part) {
    List<ScoringModelTrainer.SpamExample> examples = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (partOf(i) != part) {
        examples.add(new ScoringModelTrainer.SpamExample(messages.get(i).texts().getFirst(), messages.get(i).label()));
      }
    }
    return examples;
  }

  private int partOf(int index) {
    // The part depends on the text, so that copies of a message are in the same part.
    return Math.floorMod(messages.get(index).texts().getFirst().hashCode() * 31 >>> 4, PARTS);
  }
}
