package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.security.Audit;

/** Gives stored messages the class that other thresholds give them, a batch a transaction. */
@ApplicationScoped
public class Reclassification {

  private @Nullable ScoringPolicyStore store;
  private @Nullable EventPublisher live;
  private @Nullable Audit audit;

  protected Reclassification() {}

  @Inject
  public Reclassification(ScoringPolicyStore store, EventPublisher live, Audit audit) {
    this.store = store;
    this.live = live;
    this.audit = audit;
  }

  /**
   * Classifies a batch.
   *
   * @return how many changed; nothing when other thresholds are in force by now
   */
  @Transactional
  public OptionalLong take(long generation, List<ScoringPolicyStore.Judged> batch) {
    ScoringPolicyStore.InForce inForce = store.lock();
    if (inForce.generation() != generation) {
      return OptionalLong.empty();
    }
    List<ScoringPolicyStore.Reclassified> changes = batch.stream().map(judged -> judged(judged, inForce.weighing()))
        .filter(ScoringPolicyStore.Reclassified::changes).toList();
    int written = changes.isEmpty() ? 0 : store.write(changes);
    if (written > 0) {
      live.publish(Event.BATCH_SCORED, new Scores.BatchScored(batch.size(), written, 0));
    }
    return OptionalLong.of(written);
  }

  private static ScoringPolicyStore.Reclassified judged(ScoringPolicyStore.Judged judged, ScoringPolicy weighing) {
    return new ScoringPolicyStore.Reclassified(judged, weighing.importance(judged.factors()), weighing.classOf(judged.factors()));
  }

  /** All were looked at. */
  @Transactional
  public void end(long generation, long lookedAt, long changed, Runnable last) {
    audit.record("messages.reclassified", "scoring", generation, Map.of("looked_at", lookedAt, "changed", changed));
    last.run();
  }
}
