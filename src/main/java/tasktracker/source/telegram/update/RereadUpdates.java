package tasktracker.source.telegram.update;

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
import tasktracker.message.IncomingMessage;
import tasktracker.platform.data.DatabaseOutage;
import tasktracker.platform.job.ApplicationStarted;
import tasktracker.platform.job.BackgroundHandler;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Parse all stored updates again and replace labels by the text that was not understood before. */
@Kind("reread_telegram_updates")
public record RereadUpdates() implements Job {

  /**
   * Parses the stored updates again, the oldest first, including those that arrive meanwhile. The position is saved after
   * each batch, so that the job resumes there after a crash or a cancellation. Idempotent.
   */
  @ApplicationScoped
  public static class Handler implements BackgroundHandler<RereadUpdates> {

    private static final System.Logger LOG = System.getLogger(Handler.class.getName());

    private final InboxUpdates inboxUpdates;
    private final UpdateInbox inbox;

    @Inject
    public Handler(InboxUpdates inboxUpdates, UpdateInbox inbox) {
      this.inboxUpdates = inboxUpdates;
      this.inbox = inbox;
    }

    /** Runs once after an upgrade to a parser that understands more. */
    void on(@ObservesAsync ApplicationStarted event) {
      inboxUpdates.enqueueRereadOnce(UpdateReader.VERSION);
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
      for (List<InboxUpdates.StoredUpdate> batch = inboxUpdates.nextBatch(at.lastId()); !batch.isEmpty(); batch = inboxUpdates
          .nextBatch(at.lastId())) {
        if (run.stopRequested()) {
          return;
        }
        reread(batch);
        InboxUpdates.Position next = new InboxUpdates.Position(batch.getLast().id(), at.done() + batch.size());
        at = inboxUpdates.savePosition(at, next) ? next : inboxUpdates.position();
        run.progress(at.done(), Math.max(at.done(), total), "");
      }
      inboxUpdates.finish(run::complete);
    }

    private void reread(List<InboxUpdates.StoredUpdate> batch) {
      batch.stream().filter(InboxUpdates.StoredUpdate::isFailed).forEach(update -> attempt(update, () -> inbox.reprocess(update.id())));
      List<InboxUpdates.StoredUpdate> stored = batch.stream().filter(InboxUpdates.StoredUpdate::isStored).toList();
      try {
        replaceLabels(stored);
      } catch (RuntimeException e) {
        rethrowOutage(e);
        stored.forEach(update -> attempt(update, () -> replaceLabels(List.of(update))));
      }
    }

    /** All updates of a source in one transaction. */
    private void replaceLabels(List<InboxUpdates.StoredUpdate> stored) {
      Map<UUID, List<InboxUpdates.StoredUpdate>> bySource = stored.stream()
          .collect(Collectors.groupingBy(InboxUpdates.StoredUpdate::sourceId));
      bySource.forEach((source, updates) -> {
        List<IncomingMessage> messages = new ArrayList<>();
        updates.forEach(update -> messages.addAll(read(update).messages()));
        inbox.replaceLabels(source, messages);
      });
    }

    private UpdateReader.ParsedUpdate read(InboxUpdates.StoredUpdate update) {
      UpdateReader.ParsedUpdate reading = UpdateReader.parse(TelegramUpdate.of(update.body()).json());
      if (update.error() != null && reading.unread() == null) {
        inboxUpdates.clearError(update.id());
      }
      return reading;
    }

    /** An update that cannot be parsed is marked with the reason and does not stop the others. */
    private void attempt(InboxUpdates.StoredUpdate update, Runnable reading) {
      try {
        reading.run();
      } catch (RuntimeException e) {
        rethrowOutage(e);
        LOG.log(Level.WARNING, "The stored update {0} could not be parsed again: {1}", update.id(), e.toString());
        inbox.fail(update.id(), UpdateReceiver.reason(e));
      }
    }

    private static void rethrowOutage(RuntimeException failure) {
      if (DatabaseOutage.isCauseOf(failure)) {
        throw failure;
      }
    }
  }
}
