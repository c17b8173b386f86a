package tasktracker.llm.provider;

import java.util.Locale;

/** Whether a provider answers. */
public enum ValidationStatus {
  /** Not asked yet. */
  PENDING,
  /** Being asked by a job. */
  VALIDATING,
  CONNECTED,
  ERROR;

  /** Its name in the database and in JSON. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
