package tasktracker.knowledge.analyst;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The meaning of a directed link from one atom to another. */
public enum LinkType {
  CONTINUES, SOLVES, CONTRADICTS, SUPPORTS, REFINES, RELATES_TO, DEPENDS_ON;

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<LinkType> of(String wire) {
    return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
  }
}
