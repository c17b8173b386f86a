package tasktracker.message;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Go on with deleting, or with restoring, whichever the deletion is at. */
@Kind("move_deleted_messages_task")
public record ProcessDeletion(UUID deletionId) implements Job {}
