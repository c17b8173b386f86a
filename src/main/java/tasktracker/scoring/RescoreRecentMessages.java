package tasktracker.scoring;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Score again what people have had time to answer: votes and reactions tell decisions better than words. */
@Kind("score_settled_messages_task")
public record RescoreRecentMessages() implements Job {}
