package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import tasktracker.message.MessageEventPublisher;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic;
import tasktracker.scoring.policy.ImportanceFactors;
import tasktracker.scoring.policy.ScoringPolicy.MessageClass;

/** Saves scores, one batch per transaction, and publishes events. */
@ApplicationScoped
public class Scores {

  /** The event for a scored batch; {@code failed} is the number of messages that could not be classified completely. */
  public record BatchScored(int totalFound, int scored, int failed) {}

  private final ScoreStore store;
  private final FailedItems failedItems;
  private final EventPublisher publisher;
  private final MessageEventPublisher messageEvents;
  private final Event<Object> events;

  @Inject
  public Scores(ScoreStore store, FailedItems failedItems, EventPublisher publisher, MessageEventPublisher messageEvents,
      Event<Object> events) {
    this.store = store;
    this.failedItems = failedItems;
    this.publisher = publisher;
    this.messageEvents = messageEvents;
    this.events = events;
  }

  /**
   * Saves the score of one message.
   *
   * @param completion an action that runs in the same transaction, such as completing the job
   */
  @Transactional
  public void save(Score score, Runnable completion) {
    if (!write(List.of(score)).isEmpty()) {
      messageEvents.publishScored(score.messageId(), score.importance(), score.classification().wire());
    }
    completion.run();
  }

  /**
   * Saves the scores of a batch.
   *
   * @return the number of scores that were saved; messages that were edited, corrected or deleted in the meantime are not
   *     changed
   */
  @Transactional
  public int saveAll(List<Score> scores, Runnable completion) {
    Set<UUID> written = write(scores);
    int failed = (int) scores.stream().filter(score -> score.failure() != null).count();
    publisher.publish(LiveTopic.Event.BATCH_SCORED, new BatchScored(scores.size(), written.size(), failed));
    completion.run();
    return written.size();
  }

  /** Saves the scores, records those with a failure as failed items, and clears the failed items of the others. */
  private Set<UUID> write(List<Score> scores) {
    Set<UUID> written = new HashSet<>(store.save(scores));
    List<UUID> succeeded = new ArrayList<>();
    for (Score score : scores) {
      if (score.failure() == null) {
        succeeded.add(score.messageId());
      } else if (written.contains(score.messageId())) {
        failedItems.record(BatchScorer.KIND, FailedItems.Failure.ofMessage(score.messageId(), score.failure()));
      }
    }
    failedItems.clear(BatchScorer.KIND, succeeded);
    if (!written.isEmpty()) {
      events.fire(new MessagesScored(List.copyOf(written), scores.stream().anyMatch(Scores::isOlderThanADay),
          (int) scores.stream().filter(Scores::isSignal).count()));
    }
    return written;
  }

  private static boolean isOlderThanADay(Score score) {
    return score.factors().temporal() < ImportanceFactors.temporalFactor(Duration.ofHours(23));
  }

  private static boolean isSignal(Score score) {
    return score.classification() == MessageClass.SIGNAL || score.classification() == MessageClass.WEAK_SIGNAL;
  }
}
