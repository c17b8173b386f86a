package tasktracker.platform.batch;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Retries the failed items that are due. */
@Kind("retry_failed_items_task")
public record RetryFailedItems() implements Job {}
