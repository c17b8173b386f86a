package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;
import tasktracker.platform.job.Queue;

/**
 * Scores messages that have no score.
 *
 * @param messageIds the messages to score, or an empty list for the newest messages
 * @param limit the maximum number of newest messages, or null for no limit
 */
@Kind("score_unscored_messages_task")
public record ScoreUnscoredMessages(List<UUID> messageIds, @Nullable Integer limit) implements Job {

  /** Scores messages that have no score, one batch per transaction. A run after a crash processes the rest. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ScoreUnscoredMessages> {

    private static final Runnable NO_COMPLETION = () -> {};

    private final ScoreStore store;
    private final BatchScorer scoring;

    @Inject
    public Handler(ScoreStore store, BatchScorer scoring) {
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
}
