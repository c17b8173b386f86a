package tasktracker.platform.job;

/** Forgets jobs that ended long ago. */
@Kind("prune_jobs")
public record PruneJobs() implements Job {}
