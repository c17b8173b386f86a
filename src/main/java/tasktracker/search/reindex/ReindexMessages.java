package tasktracker.search.reindex;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Indexes all messages again whose search documents were created by an earlier analysis. */
@Kind("reindex_messages_task")
public record ReindexMessages() implements Job {}
