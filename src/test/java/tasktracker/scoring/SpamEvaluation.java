package tasktracker.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the spam head on five parts in turn, each judged by a head that has not seen it. */
final class SpamEvaluation {

  private static final int PARTS = 5;

  private final List<Labelled> messages;

  SpamEvaluation(List<Labelled> messages) {
    this.messages = messages;
  }

  void print(Evaluate table) {
    double[] scores = new double[messages.size()];
    for (int part = 0; part < PARTS; part++) {
      Logistic head = HeadTraining.spam(others(part));
      for (int i = 0; i < scores.length; i++) {
        if (partOf(i) == part) {
          scores[i] = odds(head, messages.get(i));
        }
      }
    }
    Ranking ranking = Evaluate.ranking(messages, scores);
    table.print("tg-spam (spam, 5 parts in turn)", ranking, bound(ranking));
    Logistic handWritten = HeadTraining.spam(List.of());
    Ranking alone = Evaluate.ranking(messages, messages.stream().mapToDouble(m -> odds(handWritten, m)).toArray());
    table.print("tg-spam (spam, hand-written examples alone)", alone, bound(alone));
  }

  private static double odds(Logistic head, Labelled message) {
    String text = message.texts().getFirst();
    return Heads.spamOdds(head, text, Tokens.of(text));
  }

  /** At the bound the product uses: how much spam is found, how many ordinary messages are lost. */
  private static String bound(Ranking ranking) {
    double log = Math.log(Judge.SPAM_BOUND / (1 - Judge.SPAM_BOUND));
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

  private List<HeadTraining.SpamExample> others(int part) {
    List<HeadTraining.SpamExample> examples = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      if (partOf(i) != part) {
        examples.add(new HeadTraining.SpamExample(messages.get(i).texts().getFirst(), messages.get(i).label()));
      }
    }
    return examples;
  }

  private int partOf(int index) {
    // By text, so that a message posted twice is in one part only.
    return Math.floorMod(messages.get(index).texts().getFirst().hashCode() * 31 >>> 4, PARTS);
  }
}
