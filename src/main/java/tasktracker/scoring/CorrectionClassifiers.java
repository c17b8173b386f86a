package tasktracker.scoring;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the corrections of this installation have taught.
 *
 * @param signal about what is worth finding again, or null as long as there are too few corrections
 * @param spam about spam, or null
 * @param corrections how many there are in all
 */
record CorrectionClassifiers(Map<Aspect, CorrectionClassifier> aspects, @Nullable CorrectionClassifier signal, @Nullable CorrectionClassifier spam, int corrections) {

  static final CorrectionClassifiers NONE = new CorrectionClassifiers(new EnumMap<>(Aspect.class), null, null, 0);

  Optional<CorrectionClassifier> about(Aspect aspect) {
    return Optional.ofNullable(aspects.get(aspect));
  }

  double signalLift(CorrectionClassifier.Case message) {
    return signal == null ? 0 : signal.lift(message);
  }

  double spamLift(CorrectionClassifier.Case message) {
    return spam == null ? 0 : spam.lift(message);
  }
}
