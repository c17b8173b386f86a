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

/** Sees to it that every message is scored: single ones at once, those of an import in batches that delay nobody. */
@ApplicationScoped
public class Scoring {

  static final int BATCH = Batches.scoring();
  /** At most one job goes through all that is unscored. */
  static final String BACKLOG = "score-unscored";

  private @Nullable Jobs jobs;

  protected Scoring() {}

  @Inject
  public Scoring(Jobs jobs) {
    this.jobs = jobs;
  }

  void on(@Observes MessageReceived event) {
    score(event.messageId(), 1);
  }

  void on(@Observes MessageRevised event) {
    score(event.messageId(), event.revision());
  }

  /** What people chose tells more than the words did; many choose within moments, so that is waited for. */
  void on(@Observes MessageReacted event) {
    jobs.enqueue(new ScoreMessage(event.messageId()),
        Jobs.Options.once("score-reacted:" + event.messageId()).after(Duration.ofSeconds(2)));
  }

  private void score(UUID message, int revision) {
    // The revision is part of the key: a job that has read the former text must not stand in for this one.
    jobs.enqueue(new ScoreMessage(message), Jobs.Options.once("score:" + message + ":" + revision));
  }

  void on(@Observes MessagesStored event) {
    List<UUID> ids = event.messages().stream().map(MessagesStored.Stored::id).toList();
    for (int at = 0; at < ids.size(); at += BATCH) {
      jobs.enqueue(new ScoreUnscoredMessages(ids.subList(at, Math.min(ids.size(), at + BATCH)), null), Jobs.Options.on(Queue.BULK));
    }
  }

  /** Asks for one message to be scored anew. */
  public UUID again(UUID message) {
    return jobs.enqueue(new ScoreMessage(message), Jobs.Options.once("score-again:" + message));
  }

  /** Asks for the newest unscored messages to be scored; one such job at a time. */
  public UUID backlog(@Nullable Integer limit) {
    return jobs.enqueue(new ScoreUnscoredMessages(List.of(), limit), Jobs.Options.once(BACKLOG));
  }
}
