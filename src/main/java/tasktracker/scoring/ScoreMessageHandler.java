package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;

/** Scores one message. If it cannot be scored, it is recorded as a failed item. */
@ApplicationScoped
public class ScoreMessageHandler implements JobHandler<ScoreMessage> {

  private final BatchScorer scoring;

  @Inject
  public ScoreMessageHandler(BatchScorer scoring) {
    this.scoring = scoring;
  }

  @Override
  public Class<ScoreMessage> kind() {
    return ScoreMessage.class;
  }

  @Override
  public void perform(ScoreMessage job, JobRun run) {
    scoring.scoreOne(job.messageId(), run::complete);
  }
}
