package tasktracker.platform.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps the ledger small: what went well is kept for days, what went wrong for months. */
@ApplicationScoped
public class PruneJobsHandler implements BackgroundHandler<PruneJobs> {

  private static final int BATCH = 1_000;
  private final LedgerMaintenance ledgerMaintenance;
  private final Duration keepDone;
  private final Duration keepDead;

  @SuppressWarnings("NullAway")
  protected PruneJobsHandler() {
    this(null, 0, 0); // for the container's proxy
  }

  /**
   * @param daysDone how long completed, cancelled and discarded jobs are kept
   * @param daysDead how long dead jobs are kept
   */
  @Inject
  public PruneJobsHandler(LedgerMaintenance ledgerMaintenance, @ConfigProperty(name = "JOBS_KEEP_DAYS", defaultValue = "3") int daysDone,
      @ConfigProperty(name = "JOBS_KEEP_DEAD_DAYS", defaultValue = "90") int daysDead) {
    this.ledgerMaintenance = ledgerMaintenance;
    this.keepDone = Duration.ofDays(daysDone);
    this.keepDead = Duration.ofDays(daysDead);
  }

  @Override
  public Class<PruneJobs> kind() {
    return PruneJobs.class;
  }

  @Override
  public void perform(PruneJobs job, JobRun run) {
    long pruned = prune(run, List.of("completed", "cancelled", "discarded"), keepDone, 0);
    pruned = prune(run, List.of("dead"), keepDead, pruned);
    run.progress(pruned, pruned, "");
  }

  private long prune(JobRun run, List<String> states, Duration age, long before) {
    long pruned = before;
    for (int last = BATCH; last == BATCH && !run.stopRequested(); ) {
      last = ledgerMaintenance.prune(states, age, BATCH);
      pruned += last;
      run.progress(pruned, 0, "");
    }
    return pruned;
  }
}
