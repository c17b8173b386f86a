package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Extract knowledge by schedule, also from fewer messages than the threshold. */
@Kind("scheduled_knowledge_extraction_task")
public record ScheduledExtraction() implements Job {

  /** Starts a run over the unexamined messages of the lookback. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ScheduledExtraction> {

    private final ExtractionRuns runs;
    private final ExtractionConfig config;
    private final Clock clock;

    @Inject
    public Handler(ExtractionRuns runs, ExtractionConfig config, Clock clock) {
      this.runs = runs;
      this.config = config;
      this.clock = clock;
    }

    @Override
    public Class<ScheduledExtraction> kind() {
      return ScheduledExtraction.class;
    }

    @Override
    public void perform(ScheduledExtraction job, JobRun run) {
      runs.create(RunTrigger.SCHEDULED, new RunSelection(List.of(), clock.instant().minus(config.lookback()), null, null, false),
          "scheduled_task");
    }
  }
}
