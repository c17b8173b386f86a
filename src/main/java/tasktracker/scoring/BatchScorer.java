package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.batch.BatchFailure;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;

/** Scores batches of messages: one that cannot be read, judged or written is set aside, and the others get their scores. */
@ApplicationScoped
public class BatchScorer implements FailedItemHandler {

  /** What failed items of scoring are listed as. */
  static final String KIND = "score_message";
  private static final Runnable NOTHING = () -> {};

  private @Nullable Scorer scorer;
  private @Nullable Scores scores;
  private @Nullable FailedItems failedItems;

  protected BatchScorer() {}

  @Inject
  public BatchScorer(Scorer scorer, Scores scores, FailedItems failedItems) {
    this.scorer = scorer;
    this.scores = scores;
    this.failedItems = failedItems;
  }

  /** The end of the batch could not be written with it; that is no message's fault. */
  private static final class NotCompleted extends RuntimeException implements BatchFailure {
    private static final long serialVersionUID = 1L;

    NotCompleted(RuntimeException cause) {
      super("The end of the batch could not be written", cause);
    }
  }

  /**
   * Scores messages. Call it outside of any transaction.
   *
   * @param onlyUnscored leave out those that have a score
   * @param last what belongs to the transaction of the last score, such as completing the job
   * @return how many were scored or set aside; the others are gone, corrected, or were scored by somebody else
   */
  int score(Collection<UUID> messages, boolean onlyUnscored, Runnable last) {
    List<UUID> ids = List.copyOf(messages);
    AtomicInteger done = new AtomicInteger();
    boolean isWhole = ids.isEmpty() || ItemIsolation.run(ids,
        some -> done.addAndGet(scores.keepAll(scorer.scores(some, onlyUnscored), some.size() == ids.size() ? completing(last) : NOTHING)),
        (id, cause) -> {
          setAside(id, cause);
          done.incrementAndGet();
        });
    if (!isWhole) {
      last.run();
    }
    return done.get();
  }

  /**
   * Scores a message, also when it has a score already, and tells listeners of it by its id. Does nothing when it is gone,
   * or a person has said what it is.
   *
   * @param last what belongs to the same transaction, such as completing the job
   */
  void scoreOne(UUID message, Runnable last) {
    boolean isScored = ItemIsolation.run(List.of(message),
        one -> scorer.scores(one, false).forEach(score -> scores.keep(score, completing(last))), this::setAside);
    if (!isScored) {
      last.run();
    }
  }

  private void setAside(UUID message, Throwable cause) {
    failedItems.record(KIND, FailedItems.Failure.ofMessage(message, cause));
  }

  private static Runnable completing(Runnable last) {
    return () -> {
      try {
        last.run();
      } catch (RuntimeException e) {
        throw new NotCompleted(e);
      }
    };
  }

  @Override
  public String failedKind() {
    return KIND;
  }

  @Override
  public void retry(List<FailedItem> items) {
    score(items.stream().map(FailedItem::messageId).toList(), false, NOTHING);
  }
}
