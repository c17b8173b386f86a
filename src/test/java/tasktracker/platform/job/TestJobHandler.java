package tasktracker.platform.job;

import java.time.Duration;

/** Runs test jobs with an action. */
public final class TestJobHandler implements JobHandler<TestJob> {

  /** Performs a test job. */
  public interface Action {
    void perform(TestJob job, JobRun run) throws Exception;
  }

  private final Action action;
  private final int attempts;
  private final int concurrency;
  private final Duration timeout;

  public TestJobHandler(Action action) {
    this(action, 5, 4, Duration.ofMinutes(5));
  }

  public TestJobHandler(Action action, int attempts, int concurrency, Duration timeout) {
    this.action = action;
    this.attempts = attempts;
    this.concurrency = concurrency;
    this.timeout = timeout;
  }

  @Override
  public Class<TestJob> kind() {
    return TestJob.class;
  }

  @Override
  public void perform(TestJob job, JobRun run) throws Exception {
    action.perform(job, run);
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
