package tasktracker.source;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Delete the files of imports that nobody has started for some days. */
@Kind("delete_import_files_task")
public record DeleteImportFiles() implements Job {}
