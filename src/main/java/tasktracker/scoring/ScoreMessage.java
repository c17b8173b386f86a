package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Scores one message, even if it has a score. */
@Kind("score_message_task")
public record ScoreMessage(UUID messageId) implements Job {

  /** Scores one message. If it cannot be scored, it is recorded as a failed item. */
  @ApplicationScoped
  public static class Handler implements JobHandler<ScoreMessage> {

    private final BatchScorer scoring;

    @Inject
    public Handler(BatchScorer scoring) {
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
}
