package tasktracker.source.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobHandler;
import tasktracker.platform.job.JobRun;

/** Reads kept updates again: those that failed, or all of a time in which the reader was wrong. */
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
    inbox.replay(job.inboxId());
  }
}
