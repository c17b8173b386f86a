package tasktracker.search.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;
import tasktracker.search.KnowledgeIndexer;

/** Indexes the topics and atoms whose search documents are missing or were created by an earlier analysis. */
@Kind("reindex_knowledge_task")
public record ReindexKnowledge() implements Job {

  /** Indexes batch after batch, ordered by id, each in one transaction; after a stop, the next run continues with the rest. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ReindexKnowledge> {

    private static final int BATCH_SIZE = 200;

    private final KnowledgeIndexer indexer;
    private final Jobs jobs;
    private final Schedules schedules;

    @Inject
    public Handler(KnowledgeIndexer indexer, Jobs jobs, Schedules schedules) {
      this.indexer = indexer;
      this.jobs = jobs;
      this.schedules = schedules;
    }

    /** Enqueues the job at start if needed, and nightly for what servers of the previous release have stored. */
    public void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("reindex-knowledge", "47 3 * * *", ZoneOffset.UTC, new ReindexKnowledge());
      if (indexer.hasOutdated()) {
        jobs.enqueue(new ReindexKnowledge(), Jobs.Options.once("reindex-knowledge"));
      }
    }

    @Override
    public Class<ReindexKnowledge> kind() {
      return ReindexKnowledge.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(6);
    }

    @Override
    public void perform(ReindexKnowledge job, JobRun run) {
      UUID last = new UUID(0, 0);
      UUID next = indexer.reindexAfter(last, BATCH_SIZE);
      while (!next.equals(last) && !run.stopRequested()) {
        last = next;
        next = indexer.reindexAfter(last, BATCH_SIZE);
      }
    }
  }
}
