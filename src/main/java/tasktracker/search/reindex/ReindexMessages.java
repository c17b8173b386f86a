package tasktracker.search.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;
import tasktracker.search.SearchIndexer;

/** Indexes all messages again whose search documents were created by an earlier analysis. */
@Kind("reindex_messages_task")
public record ReindexMessages() implements Job {

  /**
   * Indexes messages with outdated documents again, ordered by id, one batch per transaction. Searches use old and new
   * documents in the meantime. After a stop or a crash, the job continues with the rest. A message that cannot be indexed
   * keeps its document, and its id is logged.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ReindexMessages> {

    private static final System.Logger LOG = System.getLogger(Handler.class.getName());
    private static final UUID MIN_ID = new UUID(0, 0);
    private static final int BATCH_SIZE = 200;

    private final SearchIndexer indexer;
    private final Jobs jobs;
    private final Schedules schedules;

    @Inject
    public Handler(SearchIndexer indexer, Jobs jobs, Schedules schedules) {
      this.indexer = indexer;
      this.jobs = jobs;
      this.schedules = schedules;
    }

    /** Enqueues the job at start if needed, and nightly for messages that servers of the previous release have stored. */
    public void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("reindex-messages", "41 3 * * *", ZoneOffset.UTC, new ReindexMessages());
      if (indexer.countOutdated() > 0) {
        jobs.enqueue(new ReindexMessages(), Jobs.Options.once("reindex-messages"));
      }
    }

    @Override
    public Class<ReindexMessages> kind() {
      return ReindexMessages.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(24);
    }

    @Override
    public void perform(ReindexMessages job, JobRun run) {
      long total = indexer.countOutdated();
      long done = 0;
      for (List<SearchIndexer.Outdated> batch = findBatchAfter(MIN_ID); total > 0
          && !batch.isEmpty(); batch = findBatchAfter(batch.getLast().message())) {
        if (run.stopRequested()) {
          return;
        }
        reindex(batch);
        done += batch.size();
        run.progress(done, Math.max(total, done), "");
      }
    }

    private List<SearchIndexer.Outdated> findBatchAfter(UUID last) {
      return indexer.findOutdatedAfter(last, BATCH_SIZE);
    }

    private void reindex(List<SearchIndexer.Outdated> batch) {
      try {
        indexer.reindex(batch);
      } catch (RuntimeException e) {
        LOG.log(Level.DEBUG, "A batch cannot be indexed; its messages are indexed one by one", e);
        batch.forEach(this::reindex);
      }
    }

    private void reindex(SearchIndexer.Outdated message) {
      try {
        indexer.reindex(List.of(message));
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, () -> "Message " + message.message() + " cannot be indexed again", e);
      }
    }
  }
}
