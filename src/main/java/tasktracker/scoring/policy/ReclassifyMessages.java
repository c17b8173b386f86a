package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/**
 * Classifies the stored messages by changed thresholds and weights, using the stored factors.
 *
 * @param generation the generation of the scoring policy
 */
@Kind("reclassify_messages_task")
public record ReclassifyMessages(long generation) implements Job {

  /**
   * Processes all stored messages once, oldest first, so that messages that arrive during the run are included. The job is
   * idempotent: after a crash, it runs again and skips what is up to date. A message whose stored factors cannot be read
   * is recorded as a failed item.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<ReclassifyMessages>, FailedItemHandler {

    private static final UUID MIN_ID = new UUID(0, 0);
    private static final int BATCH = 1000;
    private static final String FAILED_KIND = "reclassify_message";

    private final ScoringPolicyStore store;
    private final Reclassification reclassification;
    private final FailedItems failedItems;

    @Inject
    public Handler(ScoringPolicyStore store, Reclassification reclassification, FailedItems failedItems) {
      this.store = store;
      this.reclassification = reclassification;
      this.failedItems = failedItems;
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
      long total = store.countClassified();
      long done = 0;
      long changed = 0;
      List<UUID> batch = store.findIdsAfter(MIN_ID, BATCH);
      while (!batch.isEmpty()) {
        if (run.stopRequested()) {
          return;
        }
        changed += reclassify(job.generation(), batch);
        done += batch.size();
        run.progress(done, Math.max(done, total), "");
        batch = store.findIdsAfter(batch.getLast(), BATCH);
      }
      reclassification.complete(job.generation(), done, changed, run::complete);
    }

    /** Reclassifies the messages and returns the number that changed. */
    private long reclassify(long generation, List<UUID> messages) {
      AtomicLong changed = new AtomicLong();
      Set<UUID> failed = new HashSet<>();
      ItemIsolation.run(messages, subset -> changed.addAndGet(reclassification.reclassify(generation, store.findScores(subset))
          .orElseThrow(() -> new JobDiscarded("A later change of the thresholds has replaced this one"))),
          (id, cause) -> {
            failed.add(id);
            failedItems.record(FAILED_KIND, FailedItems.Failure.ofMessage(id, cause));
          });
      failedItems.clear(FAILED_KIND, messages.stream().filter(id -> !failed.contains(id)).toList());
      return changed.get();
    }

    @Override
    public String failedKind() {
      return FAILED_KIND;
    }

    @Override
    public void retry(List<FailedItem> items) {
      reclassify(store.getCurrent().generation(), items.stream().map(FailedItem::messageId).toList());
    }
  }
}
