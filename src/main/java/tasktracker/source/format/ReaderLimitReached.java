package tasktracker.source.format;

import java.time.Duration;

/** The maximum number of files that need much memory is being read; the job must wait. */
public class ReaderLimitReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Time until the next attempt. */
  public static final Duration PAUSE = Duration.ofSeconds(15);

  public ReaderLimitReached(String message) {
    super(message);
  }

  /** What the job waits for, in English. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
