package tasktracker.platform.batch;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Try the failed items again whose time has come. */
@Kind("retry_failed_items_task")
public record RetryFailedItems() implements Job {}
