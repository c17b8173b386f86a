package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;

/** Processes stored updates again that failed or were parsed incompletely. */
@ApplicationScoped
public class SaveTelegramMessageHandler implements JobHandler<SaveTelegramMessage> {

  private final UpdateInbox inbox;

  @Inject
  public SaveTelegramMessageHandler(UpdateInbox inbox) {
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
