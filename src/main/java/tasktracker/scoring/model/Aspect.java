package tasktracker.scoring.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A communicative function of a message in a conversation. One message can have several. */
public enum Aspect {
  PROBLEM,
  ASK_OR_PROMISE,
  DECISION,
  WISH,
  QUESTION,
  EXPLANATION_OR_FIX;

  /** The name in the API, in the database and in the files of cue phrases and example sentences. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The aspect with this {@link #wire} name; empty for any other text. */
  public static Optional<Aspect> of(String wire) {
    return Arrays.stream(values()).filter(a -> a.wire().equals(wire)).findFirst();
  }
}
