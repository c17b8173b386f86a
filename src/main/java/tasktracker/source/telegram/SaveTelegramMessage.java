package tasktracker.source.telegram;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Read a kept update again and store what it says. */
@Kind("save_telegram_message")
public record SaveTelegramMessage(UUID inboxId) implements Job {}
