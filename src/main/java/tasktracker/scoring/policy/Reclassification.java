package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;
import tasktracker.platform.security.audit.Audit;
import tasktracker.scoring.Scores;

/** Classifies stored messages by the current thresholds and weights, one batch per transaction. */
@ApplicationScoped
public class Reclassification {

  private final ScoringPolicyStore store;
  private final EventPublisher publisher;
  private final Audit audit;

  @Inject
  public Reclassification(ScoringPolicyStore store, EventPublisher publisher, Audit audit) {
    this.store = store;
    this.publisher = publisher;
    this.audit = audit;
  }

  /**
   * Classifies a batch of messages.
   *
   * @param generation the generation of the policy that the job was enqueued for
   * @return the number of messages that changed; empty if a later policy has replaced that generation
   */
  @Transactional
  public OptionalLong reclassify(long generation, List<ScoringPolicyStore.StoredScore> batch) {
    PolicyVersion current = store.lock();
    if (current.generation() != generation) {
      return OptionalLong.empty();
    }
    List<ScoringPolicyStore.ReclassifiedScore> changes = batch.stream().map(stored -> reclassify(stored, current.policy()))
        .filter(ScoringPolicyStore.ReclassifiedScore::isChanged).toList();
    int saved = changes.isEmpty() ? 0 : store.saveAll(changes);
    if (saved > 0) {
      publisher.publish(Event.BATCH_SCORED, new Scores.BatchScored(batch.size(), saved, 0));
    }
    return OptionalLong.of(saved);
  }

  private static ScoringPolicyStore.ReclassifiedScore reclassify(ScoringPolicyStore.StoredScore stored, ScoringPolicy policy) {
    return new ScoringPolicyStore.ReclassifiedScore(stored, policy.computeImportance(stored.factors()), policy.classify(stored.factors()));
  }

  /** Records the end of a reclassification in the audit log and runs the completion action. */
  @Transactional
  public void complete(long generation, long processed, long changed, Runnable completion) {
    audit.record("messages.reclassified", "scoring", generation, Map.of("looked_at", processed, "changed", changed));
    completion.run();
  }
}
