package tasktracker.platform.job;

import java.util.Locale;

/** The queues of jobs, in the order of their priority. They are separate so that an import does not delay a user or a webhook message. */
public enum Queue {
  INTERACTIVE,
  DEFAULT,
  BULK;

  /** Its name in the database, the API and the subjects of NATS. */
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
