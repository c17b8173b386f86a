package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Build the indexes of neighbours as the settings want them. */
@Kind("rebuild_vector_index_task")
public record RebuildVectorIndex() implements Job {}
