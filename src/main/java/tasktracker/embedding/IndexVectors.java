package tasktracker.embedding;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Job: add new vectors to the vector index. */
@Kind("settle_vectors_task")
public record IndexVectors() implements Job {}
