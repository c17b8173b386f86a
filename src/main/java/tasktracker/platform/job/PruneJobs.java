package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.job.run.JobTableMaintenance;

/** Deletes jobs that finished long ago. */
@Kind("prune_jobs")
public record PruneJobs() implements Job {

  /** Deletes old jobs from the job table: dead ones after months, other finished ones after days. */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<PruneJobs> {

    private static final int BATCH = 1_000;
    private final JobTableMaintenance maintenance;
    private final Duration keepFinished;
    private final Duration keepDead;

    /**
     * @param daysFinished days for which completed, cancelled and discarded jobs are kept
     * @param daysDead days for which dead jobs are kept
     */
    @Inject
    public Handler(JobTableMaintenance maintenance, @ConfigProperty(name = "JOBS_KEEP_DAYS", defaultValue = "3") int daysFinished,
        @ConfigProperty(name = "JOBS_KEEP_DEAD_DAYS", defaultValue = "90") int daysDead) {
      this.maintenance = maintenance;
      this.keepFinished = Duration.ofDays(daysFinished);
      this.keepDead = Duration.ofDays(daysDead);
    }

    @Override
    public Class<PruneJobs> kind() {
      return PruneJobs.class;
    }

    @Override
    public void perform(PruneJobs job, JobRun run) {
      long pruned = prune(run, EnumSet.of(JobState.COMPLETED, JobState.CANCELLED, JobState.DISCARDED), keepFinished, 0);
      pruned = prune(run, EnumSet.of(JobState.DEAD), keepDead, pruned);
      run.progress(pruned, pruned, "");
    }

    private long prune(JobRun run, Set<JobState> states, Duration age, long before) {
      long pruned = before;
      for (int deleted = BATCH; deleted == BATCH && !run.stopRequested();) {
        deleted = maintenance.prune(states, age, BATCH);
        pruned += deleted;
        run.progress(pruned, 0, "");
      }
      return pruned;
    }
  }
}
