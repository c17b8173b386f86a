package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Job: rebuild the vector indexes that differ from the settings. */
@Kind("rebuild_vector_index_task")
public record RebuildVectorIndex() implements Job {}
