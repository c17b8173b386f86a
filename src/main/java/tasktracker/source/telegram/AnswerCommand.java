package tasktracker.source.telegram;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Answer a command that somebody gave the bot. */
@Kind("answer_telegram_command")
public record AnswerCommand(UUID inboxId) implements Job {}
