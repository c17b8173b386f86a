package tasktracker.source;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Read the file of an import and count its messages without storing any. */
@Kind("rehearse_import_task")
public record DryRunImport(UUID importId) implements Job {}
