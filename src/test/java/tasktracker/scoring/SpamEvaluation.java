package tasktracker.scoring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tasktracker.scoring.model.LogisticRegression;
import tasktracker.scoring.model.MessageClassifier;
import tasktracker.scoring.model.ScoringModel;
import tasktracker.scoring.model.Tokenizer;

/** Evaluates the spam head: recall by five-fold cross-validation, and ordinary talk of chats that it was not trained on. */
final class SpamEvaluation {

  private static final int PARTS = 5;
  private static final int MAX_TESTED = 12_000;
  /** Chats of one kind, which are left out of the training together. */
  private static final List<Set<String>> KINDS = List.of(Set.of("irc-disentanglement", "frminer angular", "frminer bootstrap"),
      Set.of("w3c-minutes"), Set.of("qmsum"), Set.of("dates"));

  private final List<LabelledExample> messages;
  private final Map<String, List<String>> chats;
  private final Map<String, List<String>> unused;

  /**
   * @param chats ordinary messages by the name of the data set
   * @param unused further messages that are never used for training
   */
  SpamEvaluation(List<LabelledExample> messages, Map<String, List<String>> chats, Map<String, List<String>> unused) {
    this.messages = messages;
    this.chats = chats;
    this.unused = unused;
  }

  void printTo(ScoringEvaluation table) {
    double[] scores = new double[messages.size()];
    for (int part = 0; part < PARTS; part++) {
      int tested = part;
      List<LabelledExample> training = messages.stream().filter(message -> partOf(message) != tested).toList();
      LogisticRegression head = SpamHeadTrainer.train(training, chats.values());
      IntStream.range(0, scores.length).filter(i -> partOf(messages.get(i)) == tested)
          .forEach(i -> scores[i] = logOdds(head, messages.get(i).texts().getFirst()));
    }
    RankingMetrics ranking = ScoringEvaluation.ranking(messages, scores);
    table.print("tg-spam (spam, 5-fold cross-validation)", ranking, threshold(ranking));
    LogisticRegression handWritten = SpamHeadTrainer.train(List.of(), chats.values());
    RankingMetrics alone = ScoringEvaluation.ranking(messages,
        messages.stream().mapToDouble(m -> logOdds(handWritten, m.texts().getFirst())).toArray());
    table.print("tg-spam (spam, hand-written examples alone)", alone, threshold(alone));
    System.out.println("Ordinary messages called spam; chats of the same kind are left out of the training");
    KINDS.forEach(kind -> printOrdinary(kind, chats));
    printOrdinary(unused.keySet(), unused);
  }

  private void printOrdinary(Set<String> tested, Map<String, List<String>> texts) {
    Collection<List<String>> training = chats.entrySet().stream().filter(chat -> !tested.contains(chat.getKey())).map(Map.Entry::getValue)
        .toList();
    LogisticRegression head = SpamHeadTrainer.train(messages, training);
    texts.forEach((name, all) -> {
      if (tested.contains(name)) {
        List<String> sample = ScoringModelTrainer.sample(all, MAX_TESTED);
        System.out.printf(Locale.ROOT, "  %-36s %s; with a link %s; with code %s%n", name, share(head, sample, t -> true),
            share(head, sample, SpamHeadTrainer::hasLink), share(head, sample, SpamHeadTrainer::hasCode));
      }
    });
  }

  private static String share(LogisticRegression head, List<String> texts, Predicate<String> kind) {
    List<String> tested = texts.stream().filter(kind).toList();
    long spam = tested.stream().filter(text -> logOdds(head, text) >= threshold()).count();
    return tested.isEmpty() ? "none" : String.format(Locale.ROOT, "%.2f %% of %d", 100.0 * spam / tested.size(), tested.size());
  }

  private static double logOdds(LogisticRegression head, String text) {
    return ScoringModel.spamLogOdds(head, text, Tokenizer.tokenize(text));
  }

  private static double threshold() {
    return Math.log(MessageClassifier.SPAM_THRESHOLD / (1 - MessageClassifier.SPAM_THRESHOLD));
  }

  /** Recall and false-positive rate at the threshold that the product uses. */
  private static String threshold(RankingMetrics ranking) {
    double threshold = threshold();
    List<Integer> found = new ArrayList<>(IntStream.range(0, ranking.scores().length).filter(i -> ranking.scores()[i] >= threshold).boxed()
        .toList());
    long truePositives = found.stream().filter(i -> ranking.labels()[i]).count();
    return String.format(Locale.ROOT, "at the threshold: recall %.1f %%, false-positive rate %.1f %%",
        100.0 * truePositives / ranking.positives(),
        100.0 * (found.size() - truePositives) / (ranking.scores().length - ranking.positives()));
  }

  private static int partOf(LabelledExample message) {
    // The part depends on the text, so that copies of a message are in the same part.
    return Math.floorMod(message.texts().getFirst().hashCode() * 31 >>> 4, PARTS);
  }
}
