package tasktracker.embedding;

import java.util.List;
import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Job: compute the vectors of these messages. */
@Kind("embed_messages_batch_task")
public record EmbedMessages(List<UUID> messages) implements Job {}
