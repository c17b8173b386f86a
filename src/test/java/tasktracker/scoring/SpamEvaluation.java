package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the spam head on five parts in turn, each judged by a head that has not seen it. */
final class SpamEvaluation {

  private static final int PARTS = 5;
  private static final ScoringModel HEADS = ScoringModelFile.read();

  private final List<LabelledExample> messages;
  private final List<String> talk;
  private final List<String> unseenTalk;

  SpamEvaluation(List<LabelledExample> messages, List<String> talk, List<String> unseenTalk) {
    this.messages = messages;
    this.talk = talk;
    this.unseenTalk = unseenTalk;
  }

  void print(ScoringEvaluation table) {
    double[] scores = new double[messages.size()];
    for (int part = 0; part < PARTS; part++) {
      LogisticRegression head = ScoringModelTrainer.spam(others(part), talk);
      for (int i = 0; i < scores.length; i++) {
        if (partOf(i) == part) {
          scores[i] = odds(head, messages.get(i));
        }
      }
    }
    RankingMetrics ranking = ScoringEvaluation.ranking(messages, scores);
    table.print("tg-spam (spam, 5 parts in turn)", ranking, bound(ranking));
    LogisticRegression handWritten = ScoringModelTrainer.spam(List.of(), talk);
    long taken = unseenTalk.stream().filter(t -> ScoringModel.spamOdds(handWritten, t, Tokenizer.of(t)) >= bound()).count();
    long takenByAll = unseenTalk.stream().filter(t -> ScoringModel.spamOdds(HEADS.spam(), t, Tokenizer.of(t)) >= bound()).count();
    System.out.printf(Locale.ROOT, "  lines of meetings taken for spam: %.2f %% of %d (hand-written examples alone: %.2f %%)%n",
        100.0 * takenByAll / unseenTalk.size(), unseenTalk.size(), 100.0 * taken / unseenTalk.size());
    RankingMetrics alone = ScoringEvaluation.ranking(messages, messages.stream().mapToDouble(m -> odds(handWritten, m)).toArray());
    table.print("tg-spam (spam, hand-written examples alone)", alone, bound(alone));
  }

  private static double odds(LogisticRegression head, LabelledExample message) {
    String text = message.texts().getFirst();
    return ScoringModel.spamOdds(head, text, Tokenizer.of(text));
  }

  private static double bound() {
    return Math.log(MessageClassifier.SPAM_BOUND / (1 - MessageClassifier.SPAM_BOUND));
  }

  /** At the bound the product uses: how much spam is found, how many ordinary messages are lost. */
  private static String bound(RankingMetrics ranking) {
    double log = bound();
    long found = 0;
    long lost = 0;
    for (int i = 0; i < ranking.scores().length; i++) {
      if (ranking.scores()[i] >= log) {
        found += ranking.labels()[i] ? 1 : 0;
        lost += ranking.labels()[i] ? 0 : 1;
      }
    }
    return String.format(Locale.ROOT, "at the bound: %.1f %% found, %.1f %% of ordinary lost",
        100.0 * found / ranking.positives(), 100.0 * lost / (ranking.scores().length - ranking.positives()));
  }

  private List<ScoringModelTrainer.SpamExample> others(int part) {
    List<ScoringModelTrainer.SpamExample> examples = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (partOf(i) != part) {
        examples.add(new ScoringModelTrainer.SpamExample(messages.get(i).texts().getFirst(), messages.get(i).label()));
      }
    }
    return examples;
  }

  private int partOf(int index) {
    // By text, so that a message posted twice is in one part only.
    return Math.floorMod(messages.get(index).texts().getFirst().hashCode() * 31 >>> 4, PARTS);
  }
}
