package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;

/**
 * Goes through all stored messages once, the oldest first, so that those that come in meanwhile are met as well. Begun
 * again after a crash it finds little left to change.
 */
@ApplicationScoped
public class ReclassifyMessagesHandler implements BackgroundHandler<ReclassifyMessages> {

  private static final UUID FIRST = new UUID(0, 0);
  private static final int BATCH = 1000;

  private @Nullable ScoringPolicyStore store;
  private @Nullable Reclassification reclassification;

  protected ReclassifyMessagesHandler() {}

  @Inject
  public ReclassifyMessagesHandler(ScoringPolicyStore store, Reclassification reclassification) {
    this.store = store;
    this.reclassification = reclassification;
  }

  @Override
  public Class<ReclassifyMessages> kind() {
    return ReclassifyMessages.class;
  }

  @Override
  public Duration timeout() {
    return Duration.ofHours(12);
  }

  @Override
  public void perform(ReclassifyMessages job, JobRun run) {
    long total = store.judged();
    long done = 0;
    long changed = 0;
    List<ScoringPolicyStore.Judged> batch = store.after(FIRST, BATCH);
    while (!batch.isEmpty()) {
      if (run.stopRequested()) {
        return;
      }
      changed += reclassification.take(job.generation(), batch)
          .orElseThrow(() -> new JobDiscarded("The thresholds were changed again"));
      done += batch.size();
      run.progress(done, Math.max(done, total), "");
      batch = store.after(batch.getLast().id(), BATCH);
    }
    reclassification.end(job.generation(), done, changed, run::complete);
  }
}
