package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tasktracker.platform.batch.BatchFailure;
import tasktracker.platform.batch.FailedItem;
import tasktracker.platform.batch.FailedItemHandler;
import tasktracker.platform.batch.FailedItems;
import tasktracker.platform.batch.ItemIsolation;

/** Scores batches of messages. A message that cannot be scored is recorded as a failed item and does not fail its batch. */
@ApplicationScoped
public class BatchScorer implements FailedItemHandler {

  /** The kind of failed items that scoring records. */
  static final String KIND = "score_message";
  private static final Runnable NO_COMPLETION = () -> {};

  private final Scorer scorer;
  private final Scores scores;
  private final FailedItems failedItems;

  @Inject
  public BatchScorer(Scorer scorer, Scores scores, FailedItems failedItems) {
    this.scorer = scorer;
    this.scores = scores;
    this.failedItems = failedItems;
  }

  /** The completion action failed. No message of the batch is the cause. */
  private static final class CompletionFailed extends RuntimeException implements BatchFailure {
    private static final long serialVersionUID = 1L;

    CompletionFailed(RuntimeException cause) {
      super("The completion of the batch could not be saved", cause);
    }
  }

  /**
   * Scores messages. Must be called outside a transaction.
   *
   * @param onlyUnscored whether messages that have a score are skipped
   * @param completion an action that runs in the transaction of the last score, such as completing the job
   * @return the number of messages that were scored or recorded as failed; the others were deleted, corrected, or scored
   *     by another job
   */
  int score(Collection<UUID> messages, boolean onlyUnscored, Runnable completion) {
    List<UUID> ids = List.copyOf(messages);
    AtomicInteger done = new AtomicInteger();
    boolean isCompleted = ids.isEmpty() || ItemIsolation.run(ids,
        subset -> done.addAndGet(scores.saveAll(scorer.computeScores(subset, onlyUnscored),
            subset.size() == ids.size() ? wrapCompletion(completion) : NO_COMPLETION)),
        (id, cause) -> {
          recordFailure(id, cause);
          done.incrementAndGet();
        });
    if (!isCompleted) {
      completion.run();
    }
    return done.get();
  }

  /**
   * Scores one message, even if it has a score, and publishes an event with its id. Does nothing if the message was
   * deleted or corrected by a person.
   *
   * @param completion an action that runs in the same transaction, such as completing the job
   */
  void scoreOne(UUID message, Runnable completion) {
    boolean isScored = ItemIsolation.run(List.of(message),
        single -> scorer.computeScores(single, false).forEach(score -> scores.save(score, wrapCompletion(completion))),
        this::recordFailure);
    if (!isScored) {
      completion.run();
    }
  }

  private void recordFailure(UUID message, Throwable cause) {
    failedItems.record(KIND, FailedItems.Failure.ofMessage(message, cause));
  }

  private static Runnable wrapCompletion(Runnable completion) {
    return () -> {
      try {
        completion.run();
      } catch (RuntimeException e) {
        throw new CompletionFailed(e);
      }
    };
  }

  @Override
  public String failedKind() {
    return KIND;
  }

  @Override
  public void retry(List<FailedItem> items) {
    score(items.stream().map(FailedItem::messageId).toList(), false, NO_COMPLETION);
  }
}
