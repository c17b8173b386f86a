package tasktracker.platform.job;

import java.time.Duration;

/** Performs errands as the test says. */
final class Doing implements JobHandler<Errand> {

  /** What to do with an errand. */
  interface How {
    void perform(Errand errand, JobRun run) throws Exception;
  }

  private final How how;
  private final int attempts;
  private final int concurrency;
  private final Duration timeout;

  Doing(How how) {
    this(how, 5, 4, Duration.ofMinutes(5));
  }

  Doing(How how, int attempts, int concurrency, Duration timeout) {
    this.how = how;
    this.attempts = attempts;
    this.concurrency = concurrency;
    this.timeout = timeout;
  }

  @Override
  public Class<Errand> kind() {
    return Errand.class;
  }

  @Override
  public void perform(Errand errand, JobRun run) throws Exception {
    how.perform(errand, run);
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public Duration timeout() {
    return timeout;
  }
}
