package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Give every message its vector that has none of the present model: after a change of the model, or of our mind. */
@Kind("embed_missing_messages_task")
public record EmbedMissingMessages() implements Job {}
