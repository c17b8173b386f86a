package tasktracker.platform.job;

import java.util.Locale;

/** Lines in which jobs wait, apart so that an import never delays a person or a webhook's message. */
public enum Queue {
  INTERACTIVE,
  DEFAULT,
  BULK;

  /** Its name in the ledger, on the wire and in the API. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The queue of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Queue of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
