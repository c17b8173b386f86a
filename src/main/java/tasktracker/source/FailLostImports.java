package tasktracker.source;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Tell of imports whose job is dead that they have failed. */
@Kind("fail_lost_imports_task")
public record FailLostImports() implements Job {}
