package tasktracker.scoring.model;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The classifiers that are trained on the corrections of this installation.
 *
 * @param signal the classifier of signal against noise, or null while there are too few corrections
 * @param spam the classifier of spam, or null
 * @param corrections the total number of corrections
 */
public record CorrectionClassifiers(Map<Aspect, CorrectionClassifier> aspects, @Nullable CorrectionClassifier signal,
    @Nullable CorrectionClassifier spam, int corrections) {

  public static final CorrectionClassifiers NONE = new CorrectionClassifiers(new EnumMap<>(Aspect.class), null, null, 0);

  Optional<CorrectionClassifier> about(Aspect aspect) {
    return Optional.ofNullable(aspects.get(aspect));
  }

  double predictSignalAdjustment(CorrectionClassifier.Sample message) {
    return signal == null ? 0 : signal.predictAdjustment(message);
  }

  double predictSpamAdjustment(CorrectionClassifier.Sample message) {
    return spam == null ? 0 : spam.predictAdjustment(message);
  }
}
