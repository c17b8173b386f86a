package tasktracker.message.deletion;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Continue to delete or restore the messages of a deletion. */
@Kind("move_deleted_messages_task")
public record ProcessDeletion(UUID deletionId) implements Job {}
