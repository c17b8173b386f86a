package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.batch.FailureCause;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Perform an analysis run. */
@Kind("execute_analysis_run")
public record ExecuteAnalysisRun(UUID runId) implements Job {

  /** Reads batch after batch; each is one transaction with the position after it, so that a run after a crash goes on there. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ExecuteAnalysisRun> {

    private static final int ATTEMPTS = 5;
    private final AnalysisRuns runs;
    private final TaskAnalysis analysis;

    @Inject
    public Handler(AnalysisRuns runs, TaskAnalysis analysis) {
      this.runs = runs;
      this.analysis = analysis;
    }

    @Override
    public Class<ExecuteAnalysisRun> kind() {
      return ExecuteAnalysisRun.class;
    }

    @Override
    public int attempts() {
      return ATTEMPTS;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(6);
    }

    @Override
    public void perform(ExecuteAnalysisRun job, JobRun run) {
      Optional<AnalysisRuns.Work> work = runs.begin(job.runId());
      if (work.isEmpty()) {
        return;
      }
      try {
        if (analysis.examine(job.runId(), work.get(), run)) {
          runs.complete(job.runId(), run);
        }
      } catch (RuntimeException e) {
        if (run.failures() >= ATTEMPTS) {
          runs.fail(job.runId(), FailureCause.describe(e));
        }
        throw e;
      }
    }
  }
}
