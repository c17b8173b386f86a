package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Scores recent messages again with their follow-up signals, which indicate decisions better than the text does. */
@Kind("score_settled_messages_task")
public record RescoreRecentMessages() implements Job {

  /** Scores messages again ten minutes after they were sent. The schedule is created by a database migration. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<RescoreRecentMessages> {

    private static final Runnable NO_COMPLETION = () -> {};

    private final ScoreStore store;
    private final BatchScorer scoring;

    @Inject
    public Handler(ScoreStore store, BatchScorer scoring) {
      this.store = store;
      this.scoring = scoring;
    }

    @Override
    public Class<RescoreRecentMessages> kind() {
      return RescoreRecentMessages.class;
    }

    @Override
    public void perform(RescoreRecentMessages job, JobRun run) {
      List<UUID> batch = store.findRescorable(Scoring.BATCH);
      while (!batch.isEmpty() && !run.stopRequested()) {
        if (scoring.score(batch, false, NO_COMPLETION) == 0) {
          return;
        }
        batch = store.findRescorable(Scoring.BATCH);
      }
    }
  }
}
