package tasktracker.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Schedules;

/**
 * Takes new vectors into the index of neighbours when nothing waits to be embedded. Until then searches compare them
 * one by one, so nothing is ever missed; only when these are many does settling no longer wait.
 */
@ApplicationScoped
public class IndexVectorsHandler implements BackgroundHandler<IndexVectors> {

  /** Comparing so many one by one takes some 5 ms. */
  static final int MANY = 20_000;
  /** One transaction: half a second at most, so that a stop is heard. */
  private static final int BATCH = 50;

  private @Nullable Embeddings embeddings;
  private @Nullable VectorStore store;
  private @Nullable Schedules schedules;

  protected IndexVectorsHandler() {}

  @Inject
  public IndexVectorsHandler(Embeddings embeddings, VectorStore store, Schedules schedules) {
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
    while (!run.stopRequested() && mayGoOn()) {
      int settled = store.settle(BATCH);
      if (settled == 0) {
        return;
      }
      done += settled;
      run.progress(done, done, "");
    }
  }

  private boolean mayGoOn() {
    return embeddings.counts().toEmbed() == 0 || store.hasFresh(MANY);
  }
}
