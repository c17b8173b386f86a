package tasktracker.task.analysis;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What starts an analysis run. */
public enum AnalysisTrigger {
  MANUAL, SCHEDULED, CUSTOM;

  /** The name in the API and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AnalysisTrigger> of(String wire) {
    return Arrays.stream(values()).filter(trigger -> trigger.wire().equals(wire)).findFirst();
  }
}
