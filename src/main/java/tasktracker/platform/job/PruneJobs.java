package tasktracker.platform.job;

/** Deletes jobs that finished long ago. */
@Kind("prune_jobs")
public record PruneJobs() implements Job {}
