package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Job: compute the vectors of all messages without one of the current model, for example after a change of the model. */
@Kind("embed_missing_messages_task")
public record EmbedMissingMessages() implements Job {}
