package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.live.EventPublisher;
import tasktracker.platform.live.LiveTopic.Event;

/** Keeps scores, a batch a transaction, and tells who listens. */
@ApplicationScoped
public class Scores {

  /** What listeners hear of one scored message. */
  public record MessageScored(UUID messageId, double importanceScore, String classification) {}

  /** What listeners hear of a batch. */
  public record BatchScored(int totalFound, int scored, int failed) {}

  private @Nullable ScoreStore store;
  private @Nullable EventPublisher live;

  protected Scores() {}

  @Inject
  public Scores(ScoreStore store, EventPublisher live) {
    this.store = store;
    this.live = live;
  }

  /**
   * Keeps the score of one message.
   *
   * @param last what belongs to the same transaction, such as completing the job
   */
  @Transactional
  public void keep(Score score, Runnable last) {
    if (!store.write(List.of(score)).isEmpty()) {
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
    Set<UUID> written = new HashSet<>(store.write(scores));
    live.publish(Event.BATCH_SCORED, new BatchScored(scores.size(), written.size(), 0));
    last.run();
    return written.size();
  }
}
