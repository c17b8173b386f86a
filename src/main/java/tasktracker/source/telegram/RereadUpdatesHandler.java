package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.JobRun;

/**
 * Goes through the kept updates, the oldest first, so that those that come in meanwhile are met as well. Where it has
 * come is saved after each batch: it goes on there after a crash or a cancellation. Idempotent.
 */
@ApplicationScoped
public class RereadUpdatesHandler implements BackgroundHandler<RereadUpdates> {

  private static final System.Logger LOG = System.getLogger(RereadUpdatesHandler.class.getName());

  private @Nullable InboxUpdates inboxUpdates;
  private @Nullable UpdateInbox inbox;

  protected RereadUpdatesHandler() {}

  @Inject
  public RereadUpdatesHandler(InboxUpdates inboxUpdates, UpdateInbox inbox) {
    this.inboxUpdates = inboxUpdates;
    this.inbox = inbox;
  }

  /** Once after each upgrade that brings a reader which understands more. */
  void on(@ObservesAsync ApplicationStarted event) {
    inboxUpdates.rereadOnce(UpdateReader.VERSION);
  }

  @Override
  public Class<RereadUpdates> kind() {
    return RereadUpdates.class;
  }

  @Override
  public Duration timeout() {
    return Duration.ofHours(12);
  }

  @Override
  public void perform(RereadUpdates job, JobRun run) {
    InboxUpdates.Position at = inboxUpdates.position();
    long total = inboxUpdates.count();
    for (List<InboxUpdates.Kept> batch = inboxUpdates.after(at.lastId()); !batch.isEmpty(); batch = inboxUpdates.after(at.lastId())) {
      if (run.stopRequested()) {
        return;
      }
      reread(batch);
      at = new InboxUpdates.Position(batch.getLast().id(), at.done() + batch.size());
      inboxUpdates.moveTo(at);
      run.progress(at.done(), Math.max(at.done(), total), "");
    }
    inboxUpdates.finish(run::complete);
  }

  private void reread(List<InboxUpdates.Kept> batch) {
    batch.stream().filter(InboxUpdates.Kept::isFailed).forEach(update -> attempt(update, () -> inbox.replay(update.id())));
    List<InboxUpdates.Kept> stored = batch.stream().filter(InboxUpdates.Kept::isStored).toList();
    try {
      understand(stored);
    } catch (RuntimeException e) {
      giveUpInOutage(e);
      stored.forEach(update -> attempt(update, () -> understand(List.of(update))));
    }
  }

  /** All in one transaction for each source. */
  private void understand(List<InboxUpdates.Kept> stored) {
    Map<UUID, List<InboxUpdates.Kept>> bySource = stored.stream().collect(Collectors.groupingBy(InboxUpdates.Kept::sourceId));
    bySource.forEach((source, updates) -> {
      List<IncomingMessage> told = new ArrayList<>();
      updates.forEach(update -> told.addAll(read(update).messages()));
      inbox.understand(source, told);
    });
  }

  private UpdateReader.Reading read(InboxUpdates.Kept update) {
    UpdateReader.Reading reading = UpdateReader.read(TelegramUpdate.of(update.body()).json());
    if (update.error() != null && reading.unread() == null) {
      inboxUpdates.understood(update.id());
    }
    return reading;
  }

  /** One update that cannot be read is told with it and holds up no other. */
  private void attempt(InboxUpdates.Kept update, Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      giveUpInOutage(e);
      LOG.log(Level.WARNING, "The kept update {0} could not be read again: {1}", update.id(), e.toString());
      inbox.fail(update.id(), UpdateReceiver.reason(e));
    }
  }

  private static void giveUpInOutage(RuntimeException failure) {
    if (DatabaseOutage.isCauseOf(failure)) {
      throw failure;
    }
  }
}
