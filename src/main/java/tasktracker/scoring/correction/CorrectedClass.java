package tasktracker.scoring.correction;

import java.util.Optional;
import tasktracker.scoring.model.Aspect;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

/** The verdict of a correction and the class that it assigns to the message. */
record CorrectedClass(String wire, MessageClass classification) {

  static Optional<CorrectedClass> of(String wire) {
    return switch (wire) {
      case "signal" -> Optional.of(new CorrectedClass(wire, MessageClass.SIGNAL));
      case "noise" -> Optional.of(new CorrectedClass(wire, MessageClass.NOISE));
      case "spam" -> Optional.of(new CorrectedClass(wire, MessageClass.SPAM));
      default -> Aspect.of(wire).map(aspect -> new CorrectedClass(wire, MessageClass.SIGNAL));
    };
  }

  /** The content factor of a message with this verdict. */
  double content() {
    return classification == MessageClass.SIGNAL ? 1 : 0;
  }
}
