package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Take new vectors into the index of neighbours. */
@Kind("settle_vectors_task")
public record IndexVectors() implements Job {}
