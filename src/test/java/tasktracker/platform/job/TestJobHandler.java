package tasktracker.platform.job;

import java.time.Duration;

/** Performs errands as the test says. */
final class TestJobHandler implements JobHandler<TestJob> {

  /** What to do with an errand. */
  interface How {
    void perform(TestJob errand, JobRun run) throws Exception;
  }

  private final How how;
  private final int attempts;
  private final int concurrency;
  private final Duration timeout;

  TestJobHandler(How how) {
    this(how, 5, 4, Duration.ofMinutes(5));
  }

  TestJobHandler(How how, int attempts, int concurrency, Duration timeout) {
    this.how = how;
    this.attempts = attempts;
    this.concurrency = concurrency;
    this.timeout = timeout;
  }

  @Override
  public Class<TestJob> kind() {
    return TestJob.class;
  }

  @Override
  public void perform(TestJob errand, JobRun run) throws Exception {
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
