package tasktracker.source;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Read the file of an import through and count, storing nothing. */
@Kind("rehearse_import_task")
public record DryRunImport(UUID importId) implements Job {}
