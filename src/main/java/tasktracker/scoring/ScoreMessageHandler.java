package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;

/** Scores one message: read, think, write. */
@ApplicationScoped
public class ScoreMessageHandler implements JobHandler<ScoreMessage> {

  private @Nullable Scorer scorer;
  private @Nullable Scores scores;

  protected ScoreMessageHandler() {}

  @Inject
  public ScoreMessageHandler(Scorer scorer, Scores scores) {
    this.scorer = scorer;
    this.scores = scores;
  }

  @Override
  public Class<ScoreMessage> kind() {
    return ScoreMessage.class;
  }

  @Override
  public void perform(ScoreMessage job, JobRun run) {
    // None: it is gone, or a person has said what it is.
    for (Score score : scorer.scores(List.of(job.messageId()), false)) {
      scores.keep(score, run::complete);
    }
  }
}
