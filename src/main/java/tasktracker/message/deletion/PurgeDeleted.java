package tasktracker.message.deletion;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Purge the content of messages that were deleted long ago; scheduled by the migration. */
@Kind("forget_deleted_messages_task")
public record PurgeDeleted() implements Job {}
