package tasktracker.knowledge.analyst;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The type of an atom. */
public enum AtomType {
  PROBLEM, SOLUTION, DECISION, QUESTION, INSIGHT, IDEA, BLOCKER, RISK, REQUIREMENT, PATTERN;

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AtomType> of(String wire) {
    return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
  }
}
