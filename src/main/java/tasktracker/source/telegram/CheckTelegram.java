package tasktracker.source.telegram;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Check the state of the connection to Telegram. */
@Kind("check_telegram_task")
public record CheckTelegram() implements Job {}
