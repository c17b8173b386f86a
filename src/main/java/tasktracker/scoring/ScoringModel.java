package tasktracker.scoring;

import java.util.List;
import java.util.Map;

/**
 * Everything that was learnt before this product was built: the heads of both scripts and the spam head. Made by
 * {@code bin/evaluate --train} from the hand-written sentences, set against unlabelled talk.
 *
 * @param fingerprint of the hand-written files it was made of
 */
record ScoringModel(String fingerprint, Map<Script, ScriptModel> sets, LogisticRegression spam) {

  /** How many hashed cells the spam head has for runs of signs. */
  static final int SPAM_CELLS = 1 << 15;
  static final String RESOURCE = "scoring/heads.bin";

  ScriptModel of(Script script) {
    return sets.get(script);
  }

  /**
   * The probability that the text is advertising or fraud.
   *
   * @param lift log-odds that corrections add
   */
  double spam(String text, List<String> tokens, double lift) {
    return 1 / (1 + Math.exp(-spamOdds(spam, text, tokens) - lift));
  }

  /** What a spam head says of a text, in log-odds. */
  static double spamOdds(LogisticRegression head, String text, List<String> tokens) {
    int[] cells = FeatureHasher.ofSigns(text, SPAM_CELLS);
    return head.score(StyleFeatures.of(text, tokens), cells, FeatureHasher.value(cells));
  }
}
