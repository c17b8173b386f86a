package tasktracker.platform.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Thrown by a handler whose attempt failed and whose next attempt has to wait, for example by a {@code Retry-After} header. */
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
