package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobRun;

/**
 * Goes through all stored messages once, the oldest first, so that those that come in meanwhile are met as well. Begun
 * again after a crash it finds little left to change. A message whose stored factors cannot be read is set aside.
 */
@ApplicationScoped
public class ReclassifyMessagesHandler implements BackgroundHandler<ReclassifyMessages>, FailedItemHandler {

  private static final UUID FIRST = new UUID(0, 0);
  private static final int BATCH = 1000;
  private static final String FAILED = "reclassify_message";

  private @Nullable ScoringPolicyStore store;
  private @Nullable Reclassification reclassification;
  private @Nullable FailedItems failedItems;

  protected ReclassifyMessagesHandler() {}

  @Inject
  public ReclassifyMessagesHandler(ScoringPolicyStore store, Reclassification reclassification, FailedItems failedItems) {
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
    long total = store.judged();
    long done = 0;
    long changed = 0;
    List<UUID> batch = store.after(FIRST, BATCH);
    while (!batch.isEmpty()) {
      if (run.stopRequested()) {
        return;
      }
      changed += reclassify(job.generation(), batch);
      done += batch.size();
      run.progress(done, Math.max(done, total), "");
      batch = store.after(batch.getLast(), BATCH);
    }
    reclassification.end(job.generation(), done, changed, run::complete);
  }

  /** How many changed. */
  private long reclassify(long generation, List<UUID> messages) {
    AtomicLong changed = new AtomicLong();
    Set<UUID> failed = new HashSet<>();
    ItemIsolation.run(messages, some -> changed.addAndGet(reclassification.take(generation, store.read(some))
        .orElseThrow(() -> new JobDiscarded("Other thresholds are in force since"))),
        (id, cause) -> {
          failed.add(id);
          failedItems.record(FAILED, FailedItems.Failure.ofMessage(id, cause));
        });
    failedItems.clear(FAILED, messages.stream().filter(id -> !failed.contains(id)).toList());
    return changed.get();
  }

  @Override
  public String failedKind() {
    return FAILED;
  }

  @Override
  public void retry(List<FailedItem> items) {
    reclassify(store.latest().generation(), items.stream().map(FailedItem::messageId).toList());
  }
}
