package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/** Scores messages once more when people have had ten minutes to answer them; scheduled by the migration. */
@ApplicationScoped
public class ScoreSettledMessagesHandler implements BackgroundHandler<ScoreSettledMessages> {

  private static final Runnable NOTHING = () -> {};

  private @Nullable ScoreStore store;
  private @Nullable Scorer scorer;
  private @Nullable Scores scores;

  protected ScoreSettledMessagesHandler() {}

  @Inject
  public ScoreSettledMessagesHandler(ScoreStore store, Scorer scorer, Scores scores) {
    this.store = store;
    this.scorer = scorer;
    this.scores = scores;
  }

  @Override
  public Class<ScoreSettledMessages> kind() {
    return ScoreSettledMessages.class;
  }

  @Override
  public void perform(ScoreSettledMessages job, JobRun run) {
    List<UUID> batch = store.settled(Scoring.BATCH);
    while (!batch.isEmpty() && !run.stopRequested()) {
      if (scores.keepAll(scorer.scores(batch, false), NOTHING) == 0) {
        return;
      }
      batch = store.settled(Scoring.BATCH);
    }
  }
}
