package tasktracker.scoring;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Scores recent messages again with their follow-up signals, which indicate decisions better than the text does. */
@Kind("score_settled_messages_task")
public record RescoreRecentMessages() implements Job {}
