package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Schedules;

/** Job: add new vectors to the vector index. */
@Kind("settle_vectors_task")
public record IndexVectors() implements Job {

  /**
   * Adds new vectors to the vector index when no message waits to be embedded, or when too many vectors are not indexed.
   * Searches compare vectors outside of the index one by one, so none is missed.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<IndexVectors> {

    /** Comparing this many vectors one by one takes about 5 ms. */
    static final int MAX_UNINDEXED = 20_000;
    /** One transaction takes at most half a second, so that the job can be stopped in between. */
    private static final int BATCH = 50;

    private final Embeddings embeddings;
    private final VectorStore store;
    private final Schedules schedules;

    @Inject
    public Handler(Embeddings embeddings, VectorStore store, Schedules schedules) {
      this.embeddings = embeddings;
      this.store = store;
      this.schedules = schedules;
    }

    void on(@ObservesAsync ApplicationStarted event) {
      schedules.put("settle-vectors", "* * * * *", ZoneOffset.UTC, new IndexVectors());
    }

    @Override
    public Class<IndexVectors> kind() {
      return IndexVectors.class;
    }

    @Override
    public Duration timeout() {
      return Duration.ofHours(12);
    }

    @Override
    public void perform(IndexVectors job, JobRun run) {
      long done = 0;
      while (!run.stopRequested() && shouldContinue()) {
        int indexed = store.addToIndex(BATCH);
        if (indexed == 0) {
          return;
        }
        done += indexed;
        run.progress(done, done, "");
      }
    }

    private boolean shouldContinue() {
      return !embeddings.hasMissing() || store.hasUnindexed(MAX_UNINDEXED);
    }
  }
}
