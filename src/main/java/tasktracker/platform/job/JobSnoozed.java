package tasktracker.platform.job;

import java.time.Duration;

/** Thrown by a handler to postpone the job without using an attempt. */
public class JobSnoozed extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Duration pause;

  public JobSnoozed(Duration pause, String reason) {
    super(reason);
    this.pause = pause;
  }

  public Duration pause() {
    return pause;
  }
}
