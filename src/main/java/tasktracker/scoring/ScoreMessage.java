package tasktracker.scoring;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Scores one message, even if it has a score. */
@Kind("score_message_task")
public record ScoreMessage(UUID messageId) implements Job {}
