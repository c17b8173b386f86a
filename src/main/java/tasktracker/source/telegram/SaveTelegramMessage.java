package tasktracker.source.telegram;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Process a stored update again. */
@Kind("save_telegram_message")
public record SaveTelegramMessage(UUID inboxId) implements Job {}
