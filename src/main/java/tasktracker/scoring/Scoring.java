package tasktracker.scoring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.message.MessageReacted;
import tasktracker.message.MessageReceived;
import tasktracker.message.MessageRevised;
import tasktracker.message.MessagesStored;
import tasktracker.platform.data.Batches;
import tasktracker.platform.job.Jobs;
import tasktracker.platform.job.Queue;

/** Enqueues scoring jobs: immediately for single messages, and in batches on the bulk queue for imports. */
@ApplicationScoped
public class Scoring {

  static final int BATCH = Batches.scoring();
  /** The unique key of the job that scores the backlog: at most one is active. */
  static final String BACKLOG_KEY = "score-unscored";

  private final Jobs jobs;

  @Inject
  public Scoring(Jobs jobs) {
    this.jobs = jobs;
  }

  void on(@Observes MessageReceived event) {
    enqueueScoring(event.messageId(), 1);
  }

  void on(@Observes MessageRevised event) {
    enqueueScoring(event.messageId(), event.revision());
  }

  /** Reactions affect the score. Several often arrive within seconds, so the job is delayed (debounce). */
  void on(@Observes MessageReacted event) {
    jobs.enqueue(new ScoreMessage(event.messageId()),
        Jobs.Options.once("score-reacted:" + event.messageId()).after(Duration.ofSeconds(2)));
  }

  private void enqueueScoring(UUID message, int revision) {
    // The key contains the revision, because a running job may have read the previous text.
    jobs.enqueue(new ScoreMessage(message), Jobs.Options.once("score:" + message + ":" + revision));
  }

  void on(@Observes MessagesStored event) {
    List<UUID> ids = event.messages().stream().map(MessagesStored.Stored::id).toList();
    for (int at = 0; at < ids.size(); at += BATCH) {
      jobs.enqueue(new ScoreUnscoredMessages(ids.subList(at, Math.min(ids.size(), at + BATCH)), null), Jobs.Options.on(Queue.BULK));
    }
  }

  /** Enqueues a job that scores one message again. */
  public UUID rescore(UUID message) {
    return jobs.enqueue(new ScoreMessage(message), Jobs.Options.once("score-again:" + message));
  }

  /** Enqueues a job that scores the newest unscored messages, unless one is active. */
  public UUID scoreBacklog(@Nullable Integer limit) {
    return jobs.enqueue(new ScoreUnscoredMessages(List.of(), limit), Jobs.Options.once(BACKLOG_KEY));
  }
}
