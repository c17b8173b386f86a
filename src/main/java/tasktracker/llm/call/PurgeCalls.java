package tasktracker.llm.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Delete the records of calls that are older than they are kept; scheduled by the migration. */
@Kind("purge_model_calls_task")
public record PurgeCalls() implements Job {

  /** Deletes them by their time. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<PurgeCalls> {

    private final CallStore calls;
    private final Clock clock;
    private final int keepDays;

    /** @param keepDays days that calls are kept, 1 to 3650 */
    @Inject
    public Handler(CallStore calls, Clock clock, @ConfigProperty(name = "model.calls.keep.days", defaultValue = "90") int keepDays) {
      this.calls = calls;
      this.clock = clock;
      this.keepDays = Math.clamp(keepDays, 1, 3650);
    }

    @Override
    public Class<PurgeCalls> kind() {
      return PurgeCalls.class;
    }

    @Override
    public void perform(PurgeCalls job, JobRun run) {
      calls.deleteBefore(clock.instant().minus(Duration.ofDays(keepDays)));
    }
  }
}
