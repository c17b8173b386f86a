package tasktracker.scoring;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns corrections into {@link CorrectionClassifiers}: each verdict teaches only what it was about. */
final class CorrectionClassifierBuilder {

  /** A message, how many agreed right after it, and what a person said it is. */
  record Corrected(String content, float[] vector, int votes, String verdict) {}

  private static final System.Logger LOG = System.getLogger(CorrectionClassifierBuilder.class.getName());

  private CorrectionClassifierBuilder() {}

  static CorrectionClassifiers of(List<Corrected> corrections, MessageClassifier judge) {
    Map<Aspect, CorrectionClassifier> aspects = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      learn(corrections, judge, verdict -> aspectVerdict(aspect, verdict)).ifPresent(l -> aspects.put(aspect, l));
    }
    return new CorrectionClassifiers(aspects, learn(corrections, judge, CorrectionClassifierBuilder::signalVerdict).orElse(null),
        learn(corrections, judge, CorrectionClassifierBuilder::spamVerdict).orElse(null), corrections.size());
  }

  private static Optional<CorrectionClassifier> learn(List<Corrected> corrections, MessageClassifier judge, Function<String, @Nullable Boolean> verdict) {
    List<CorrectionClassifier.Case> cases = new ArrayList<>();
    for (Corrected c : corrections) {
      Boolean yes = verdict.apply(c.verdict);
      if (yes != null) {
        caseOf(c, judge, yes).ifPresent(cases::add);
      }
    }
    return CorrectionClassifier.canLearn(cases) ? Optional.of(CorrectionClassifier.from(cases)) : Optional.empty();
  }

  /** A text that cannot be read teaches nothing; every score waits for the lessons of the others. */
  private static Optional<CorrectionClassifier.Case> caseOf(Corrected c, MessageClassifier judge, boolean yes) {
    try {
      return Optional.of(CorrectionClassifier.Case.of(Tokenizer.of(c.content), c.vector, judge.deviations(c.content, c.vector), c.votes, yes));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A corrected message could not be read; scoring learns from the others", e);
      return Optional.empty();
    }
  }

  /** Who says it is noise says it is no problem either; who says it is signal has said nothing about that. */
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
