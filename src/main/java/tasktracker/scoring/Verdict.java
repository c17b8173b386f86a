package tasktracker.scoring;

import java.util.Optional;
import tasktracker.scoring.Weighing.MessageClass;

/** What a person can say a message is, and what that makes of it. */
record Verdict(String wire, MessageClass classification) {

  static Optional<Verdict> of(String wire) {
    return switch (wire) {
      case "signal" -> Optional.of(new Verdict(wire, MessageClass.SIGNAL));
      case "noise" -> Optional.of(new Verdict(wire, MessageClass.NOISE));
      case "spam" -> Optional.of(new Verdict(wire, MessageClass.SPAM));
      default -> Aspect.of(wire).map(aspect -> new Verdict(wire, MessageClass.SIGNAL));
    };
  }

  /** The content factor that a person's word stands for. */
  double content() {
    return classification == MessageClass.SIGNAL ? 1 : 0;
  }
}
