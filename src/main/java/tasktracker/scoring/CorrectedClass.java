package tasktracker.scoring;

import java.util.Optional;
import tasktracker.scoring.ScoringPolicy.MessageClass;

/** What a person can say a message is, and what that makes of it. */
record CorrectedClass(String wire, MessageClass classification) {

  static Optional<CorrectedClass> of(String wire) {
    return switch (wire) {
      case "signal" -> Optional.of(new CorrectedClass(wire, MessageClass.SIGNAL));
      case "noise" -> Optional.of(new CorrectedClass(wire, MessageClass.NOISE));
      case "spam" -> Optional.of(new CorrectedClass(wire, MessageClass.SPAM));
      default -> Aspect.of(wire).map(aspect -> new CorrectedClass(wire, MessageClass.SIGNAL));
    };
  }

  /** The content factor that a person's word stands for. */
  double content() {
    return classification == MessageClass.SIGNAL ? 1 : 0;
  }
}
