package tasktracker.task.analysis;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Fail the analysis runs whose jobs have ended without them. */
@Kind("fail_lost_analysis_runs_task")
public record FailLostAnalysisRuns() implements Job {

  /** By schedule, so that no run stays open for ever. */
  @ApplicationScoped
  public static class Handler implements JobHandler<FailLostAnalysisRuns> {

    private final AnalysisRuns runs;

    @Inject
    public Handler(AnalysisRuns runs) {
      this.runs = runs;
    }

    @Override
    public Class<FailLostAnalysisRuns> kind() {
      return FailLostAnalysisRuns.class;
    }

    @Override
    public void perform(FailLostAnalysisRuns job, JobRun run) {
      runs.failLost();
    }
  }
}
