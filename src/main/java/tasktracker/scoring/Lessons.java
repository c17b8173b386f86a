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
record Lessons(Map<Aspect, Learned> aspects, @Nullable Learned signal, @Nullable Learned spam, int corrections) {

  static final Lessons NONE = new Lessons(new EnumMap<>(Aspect.class), null, null, 0);

  Optional<Learned> about(Aspect aspect) {
    return Optional.ofNullable(aspects.get(aspect));
  }

  double signalLift(Learned.Case message) {
    return signal == null ? 0 : signal.lift(message);
  }

  double spamLift(Learned.Case message) {
    return spam == null ? 0 : spam.lift(message);
  }
}
