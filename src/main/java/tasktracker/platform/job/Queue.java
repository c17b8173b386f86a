package tasktracker.platform.job;

/** Lines in which jobs wait, apart so that an import never delays a person or a webhook's message. */
public enum Queue {
  INTERACTIVE,
  DEFAULT,
  BULK
}
