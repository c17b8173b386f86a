package tasktracker.platform.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a handler whose attempt failed because somebody else asked for a pause, such as by {@code Retry-After}. */
public class RetryAfter extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Duration pause;

  public RetryAfter(Duration pause, String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.pause = pause;
  }

  public Duration pause() {
    return pause;
  }
}
