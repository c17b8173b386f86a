package tasktracker.ops.check;

import java.util.Locale;

/** Result of a check, the worst first. */
public enum CheckState {
  BAD, WARN, UNKNOWN, OK;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CheckState of(boolean isBad, boolean isWarning) {
    return isBad ? BAD : isWarning ? WARN : OK;
  }
}
