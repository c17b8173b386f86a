package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Queue;

/** Scores messages that have no score, one batch per transaction. A run after a crash processes the rest. */
@ApplicationScoped
public class ScoreUnscoredMessagesHandler implements JobHandler<ScoreUnscoredMessages> {

  private static final Runnable NO_COMPLETION = () -> {};

  private final ScoreStore store;
  private final BatchScorer scoring;

  @Inject
  public ScoreUnscoredMessagesHandler(ScoreStore store, BatchScorer scoring) {
    this.store = store;
    this.scoring = scoring;
  }

  @Override
  public Class<ScoreUnscoredMessages> kind() {
    return ScoreUnscoredMessages.class;
  }

  @Override
  public Queue queue() {
    return Queue.BULK;
  }

  @Override
  public int concurrency() {
    return 2;
  }

  @Override
  public void perform(ScoreUnscoredMessages job, JobRun run) {
    if (job.messageIds().isEmpty()) {
      scoreNewest(job.limit() == null ? Long.MAX_VALUE : job.limit(), run);
    } else {
      scoring.score(job.messageIds(), true, run::complete);
    }
  }

  private void scoreNewest(long limit, JobRun run) {
    long total = Math.min(limit, store.countUnscored());
    long done = 0;
    while (done < total && !run.stopRequested()) {
      List<UUID> batch = store.findNewestUnscored((int) Math.min(Scoring.BATCH, total - done));
      int handled = scoring.score(batch, true, NO_COMPLETION);
      if (handled == 0) {
        return; // Other jobs score the rest.
      }
      done += handled;
      run.progress(done, total, "");
    }
  }
}
