package tasktracker.source.telegram.update;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;
import tasktracker.platform.job.Kind;

/** Process a stored update again. */
@Kind("save_telegram_message")
public record SaveTelegramMessage(UUID inboxId) implements Job {

  /** Processes stored updates again that failed or were parsed incompletely. */
  @ApplicationScoped
  public static class Handler implements JobHandler<SaveTelegramMessage> {

    private final UpdateInbox inbox;

    @Inject
    public Handler(UpdateInbox inbox) {
      this.inbox = inbox;
    }

    @Override
    public Class<SaveTelegramMessage> kind() {
      return SaveTelegramMessage.class;
    }

    @Override
    public void perform(SaveTelegramMessage job, JobRun run) {
      inbox.reprocess(job.inboxId());
    }
  }
}
