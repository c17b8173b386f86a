package tasktracker.scoring;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns corrections into {@link CorrectionClassifiers}: each verdict teaches only what it was about. */
final class CorrectionTraining {

  /** A message, how many agreed right after it, and what a person said it is. */
  record Corrected(String content, float[] vector, int votes, String verdict) {}

  private CorrectionTraining() {}

  static CorrectionClassifiers of(List<Corrected> corrections, Judge judge) {
    Map<Aspect, CorrectionClassifier> aspects = new EnumMap<>(Aspect.class);
    for (Aspect aspect : Aspect.values()) {
      learn(corrections, judge, verdict -> aspectVerdict(aspect, verdict)).ifPresent(l -> aspects.put(aspect, l));
    }
    return new CorrectionClassifiers(aspects, learn(corrections, judge, CorrectionTraining::signalVerdict).orElse(null),
        learn(corrections, judge, CorrectionTraining::spamVerdict).orElse(null), corrections.size());
  }

  private static Optional<CorrectionClassifier> learn(List<Corrected> corrections, Judge judge, Function<String, @Nullable Boolean> verdict) {
    List<CorrectionClassifier.Case> cases = new ArrayList<>();
    for (Corrected c : corrections) {
      Boolean yes = verdict.apply(c.verdict);
      if (yes != null) {
        cases.add(CorrectionClassifier.Case.of(Tokenizer.of(c.content), c.vector, judge.deviations(c.content, c.vector), c.votes, yes));
      }
    }
    return CorrectionClassifier.canLearn(cases) ? Optional.of(CorrectionClassifier.from(cases)) : Optional.empty();
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
