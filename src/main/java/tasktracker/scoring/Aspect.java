package tasktracker.scoring;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a message may do in a conversation; a message can do several of them at once. */
public enum Aspect {
  PROBLEM,
  ASK_OR_PROMISE,
  DECISION,
  WISH,
  QUESTION,
  EXPLANATION_OR_FIX;

  /** Its name on the wire, in the database and in the files of words. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Aspect> of(String wire) {
    return Arrays.stream(values()).filter(a -> a.wire().equals(wire)).findFirst();
  }
}
