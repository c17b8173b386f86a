package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;

/** Processes stored updates again that failed or were parsed incompletely. */
@ApplicationScoped
public class SaveTelegramMessageHandler implements JobHandler<SaveTelegramMessage> {

  private @Nullable UpdateInbox inbox;

  protected SaveTelegramMessageHandler() {}

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
