package tasktracker.source;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Mark imports whose job is dead as failed. */
@Kind("fail_lost_imports_task")
public record FailLostImports() implements Job {}
