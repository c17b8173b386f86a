package tasktracker.knowledge.extraction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tasktracker.platform.batch.FailureCause;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/**
 * Perform an extraction run.
 *
 * @param messageIds the selected messages, or an empty list for those of the run's selection
 */
@Kind("extract_knowledge_from_messages_task")
public record ExtractKnowledge(UUID extractionId, List<UUID> messageIds, String createdBy) implements Job {

  /** Examines batch after batch; each is one transaction with the position after it, so that a run after a crash goes on there. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ExtractKnowledge> {

    private static final int ATTEMPTS = 5;
    private final ExtractionRuns runs;
    private final Extraction extraction;

    @Inject
    public Handler(ExtractionRuns runs, Extraction extraction) {
      this.runs = runs;
      this.extraction = extraction;
    }

    @Override
    public Class<ExtractKnowledge> kind() {
      return ExtractKnowledge.class;
    }

    @Override
    public int attempts() {
      return ATTEMPTS;
    }

    /** One of them is kept free for the other queue, so that history on the bulk queue delays no run that somebody waits for. */
    @Override
    public int concurrency() {
      return 2;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(6);
    }

    @Override
    public void perform(ExtractKnowledge job, JobRun run) {
      Optional<ExtractionRuns.Work> work = runs.start(job.extractionId());
      if (work.isEmpty()) {
        return;
      }
      try {
        if (extraction.examine(job.extractionId(), work.get(), run)) {
          runs.complete(job.extractionId(), run);
        }
      } catch (RuntimeException e) {
        if (run.failures() >= ATTEMPTS) {
          runs.fail(job.extractionId(), FailureCause.describe(e));
        }
        throw e;
      }
    }
  }
}
