package tasktracker.search.reindex;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Schedules;
import tasktracker.search.SearchIndexer;

/**
 * Goes through the messages in the order of their ids and makes the outdated documents anew, a batch a transaction.
 * Searches read the documents that there are, old and new, all the while. Begun again after a stop or a crash it takes
 * up what is left. A message whose document cannot be made keeps the one it has, and is named in the log.
 */
@ApplicationScoped
public class ReindexMessagesHandler implements BackgroundHandler<ReindexMessages> {

  private static final System.Logger LOG = System.getLogger(ReindexMessagesHandler.class.getName());
  private static final UUID FIRST = new UUID(0, 0);
  private static final int BATCH = 200;

  private @Nullable SearchIndexer indexing;
  private @Nullable Jobs jobs;
  private @Nullable Schedules schedules;

  protected ReindexMessagesHandler() {}

  @Inject
  public ReindexMessagesHandler(SearchIndexer indexing, Jobs jobs, Schedules schedules) {
    this.indexing = indexing;
    this.jobs = jobs;
    this.schedules = schedules;
  }

  /** Looks at every start, and every night for what servers of the release before have stored meanwhile. */
  public void on(@ObservesAsync ApplicationStarted event) {
    schedules.put("reindex-messages", "41 3 * * *", ZoneOffset.UTC, new ReindexMessages());
    if (indexing.countOutdated() > 0) {
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
    long all = indexing.countOutdated();
    long done = 0;
    for (List<SearchIndexer.Outdated> batch = next(FIRST); all > 0 && !batch.isEmpty(); batch = next(batch.getLast().message())) {
      if (run.stopRequested()) {
        return;
      }
      renew(batch);
      done += batch.size();
      run.progress(done, Math.max(all, done), "");
    }
  }

  private List<SearchIndexer.Outdated> next(UUID last) {
    return indexing.outdatedAfter(last, BATCH);
  }

  private void renew(List<SearchIndexer.Outdated> batch) {
    try {
      indexing.renew(batch);
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "A batch is taken message by message", e);
      batch.forEach(this::renew);
    }
  }

  private void renew(SearchIndexer.Outdated message) {
    try {
      indexing.renew(List.of(message));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, () -> "Message " + message.message() + " is not analysed again", e);
    }
  }
}
