package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.scoring.ScoringBacklog;

/**
 * Start the extraction runs that are due.
 *
 * @param history whether messages that are older than the lookback are looked for as well, which reads all signals when
 *     there are none
 */
@Kind("start_due_extraction_task")
public record StartDueExtraction(boolean history) implements Job {

  /** Starts a run when there are enough new signals, and one over older messages in the background. */
  @ApplicationScoped
  public static class Handler implements JobHandler<StartDueExtraction> {

    private final ExtractionRuns runs;
    private final BatchReader reader;
    private final ExtractionConfig config;
    private final ScoringBacklog backlog;
    private final Clock clock;

    @Inject
    public Handler(ExtractionRuns runs, BatchReader reader, ExtractionConfig config, ScoringBacklog backlog, Clock clock) {
      this.runs = runs;
      this.reader = reader;
      this.config = config;
      this.backlog = backlog;
      this.clock = clock;
    }

    @Override
    public Class<StartDueExtraction> kind() {
      return StartDueExtraction.class;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public void perform(StartDueExtraction job, JobRun run) {
      runs.endAbandoned();
      if (!config.isAutomatic()) {
        return;
      }
      Instant since = clock.instant().minus(config.lookback());
      if (reader.hasUnexamined(since, null, config.threshold())) {
        runs.create(RunTrigger.AUTO_THRESHOLD, new RunSelection(List.of(), since, null, null, false), "auto_threshold");
      }
      // Messages that are still to be scored would be missing from their conversations.
      if (job.history() && backlog.countUnscored() == 0 && reader.hasUnexamined(null, since, 1)) {
        runs.create(RunTrigger.HISTORY, new RunSelection(List.of(), null, since, null, false), "history");
      }
    }
  }
}
