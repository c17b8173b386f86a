package tasktracker.scoring.model;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Trains {@link CorrectionClassifiers} on corrections. Each verdict labels samples only for the classifiers it refers to. */
public final class CorrectionClassifierBuilder {

  /** The text and vector of a message, the number of acknowledgements that follow it, and the verdict of a person. */
  public record CorrectedMessage(String content, float[] vector, int votes, String verdict) {}

  private static final System.Logger LOG = System.getLogger(CorrectionClassifierBuilder.class.getName());

  private CorrectionClassifierBuilder() {}

  /** Trains a classifier for each aspect, for signal and for spam, if there are enough corrections of both verdicts for it. */
  public static CorrectionClassifiers build(List<CorrectedMessage> corrections, MessageClassifier classifier) {
    Map<Aspect, CorrectionClassifier> aspects = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      train(corrections, classifier, verdict -> aspectVerdict(aspect, verdict)).ifPresent(l -> aspects.put(aspect, l));
    }
    return new CorrectionClassifiers(aspects, train(corrections, classifier, CorrectionClassifierBuilder::signalVerdict).orElse(null),
        train(corrections, classifier, CorrectionClassifierBuilder::spamVerdict).orElse(null), corrections.size());
  }

  private static Optional<CorrectionClassifier> train(List<CorrectedMessage> corrections, MessageClassifier classifier,
      Function<String, @Nullable Boolean> verdict) {
    List<CorrectionClassifier.Sample> samples = new ArrayList<>();
    for (CorrectedMessage c : corrections) {
      Boolean yes = verdict.apply(c.verdict);
      if (yes != null) {
        createSample(c, classifier, yes).ifPresent(samples::add);
      }
    }
    return CorrectionClassifier.canTrain(samples) ? Optional.of(CorrectionClassifier.train(samples)) : Optional.empty();
  }

  /** Skips a text that cannot be analysed, so that training succeeds with the others. */
  private static Optional<CorrectionClassifier.Sample> createSample(CorrectedMessage c, MessageClassifier classifier, boolean yes) {
    try {
      return Optional.of(CorrectionClassifier.Sample.of(Tokenizer.tokenize(c.content), c.vector,
          classifier.aspectZScores(c.content, c.vector), c.votes, yes));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A corrected message cannot be analysed; it is skipped in training", e);
      return Optional.empty();
    }
  }

  /** Noise, spam and other aspects are negative labels. Signal is no label: it does not say which aspect applies. */
  private static @Nullable Boolean aspectVerdict(Aspect aspect, String verdict) {
    if (verdict.equals(aspect.wire())) {
      return true;
    }
    return verdict.equals("signal") ? null : Boolean.FALSE;
  }

  private static @Nullable Boolean signalVerdict(String verdict) {
    return switch (verdict) {
      case "noise" -> false;
      case "spam" -> null;
      default -> true;
    };
  }

  private static @Nullable Boolean spamVerdict(String verdict) {
    return verdict.equals("spam");
  }
}
