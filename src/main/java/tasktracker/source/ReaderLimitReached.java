package tasktracker.source;

import java.time.Duration;

/** As many files of a kind that takes much memory are being read as there is room for; the next one must wait. */
public class ReaderLimitReached extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** When it may be tried again. */
  static final Duration PAUSE = Duration.ofSeconds(15);

  public ReaderLimitReached(String message) {
    super(message);
  }
}
