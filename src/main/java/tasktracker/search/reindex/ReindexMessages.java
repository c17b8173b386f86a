package tasktracker.search.reindex;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Analyse the words of all messages again whose search documents an earlier analysis has made. */
@Kind("reindex_messages_task")
public record ReindexMessages() implements Job {}
