package tasktracker.source;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Delete the messages that an import stored. */
@Kind("undo_import_task")
public record UndoImport(UUID importId) implements Job {}
