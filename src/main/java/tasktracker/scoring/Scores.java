package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/** Keeps scores, a batch a transaction, and tells who listens. */
@ApplicationScoped
public class Scores {

  /** What listeners hear of one scored message. */
  public record MessageScored(UUID messageId, double importanceScore, String classification) {}

  /** What listeners hear of a batch; {@code failed} could not be judged fully. */
  public record BatchScored(int totalFound, int scored, int failed) {}

  private @Nullable ScoreStore store;
  private @Nullable FailedItems failedItems;
  private @Nullable EventPublisher live;

  protected Scores() {}

  @Inject
  public Scores(ScoreStore store, FailedItems failedItems, EventPublisher live) {
    this.store = store;
    this.failedItems = failedItems;
    this.live = live;
  }

  /**
   * Keeps the score of one message.
   *
   * @param last what belongs to the same transaction, such as completing the job
   */
  @Transactional
  public void keep(Score score, Runnable last) {
    if (!write(List.of(score)).isEmpty()) {
      live.publish(Event.MESSAGE_SCORED,
          new MessageScored(score.messageId(), score.importance(), score.classification().wire()));
    }
    last.run();
  }

  /**
   * Keeps the scores of a batch.
   *
   * @return how many were kept; a message that was edited, corrected or deleted meanwhile keeps what it has
   */
  @Transactional
  public int keepAll(List<Score> scores, Runnable last) {
    Set<UUID> written = write(scores);
    int failed = (int) scores.stream().filter(score -> score.failure() != null).count();
    live.publish(Event.BATCH_SCORED, new BatchScored(scores.size(), written.size(), failed));
    last.run();
    return written.size();
  }

  /** Those that could not be judged fully are listed as failed items, the others are not any more. */
  private Set<UUID> write(List<Score> scores) {
    Set<UUID> written = new HashSet<>(store.write(scores));
    List<UUID> judged = new ArrayList<>();
    for (Score score : scores) {
      if (score.failure() == null) {
        judged.add(score.messageId());
      } else if (written.contains(score.messageId())) {
        failedItems.record(BatchScorer.KIND, FailedItems.Failure.ofMessage(score.messageId(), score.failure()));
      }
    }
    failedItems.clear(BatchScorer.KIND, judged);
    return written;
  }
}
