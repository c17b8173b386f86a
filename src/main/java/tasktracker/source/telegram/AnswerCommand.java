package tasktracker.source.telegram;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Reply to a command that was sent to the bot. */
@Kind("answer_telegram_command")
public record AnswerCommand(UUID inboxId) implements Job {}
