package tasktracker.scoring;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Score one message, also when it has a score already. */
@Kind("score_message_task")
public record ScoreMessage(UUID messageId) implements Job {}
