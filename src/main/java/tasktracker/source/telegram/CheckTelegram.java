package tasktracker.source.telegram;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Ask Telegram how the connection stands. */
@Kind("check_telegram_task")
public record CheckTelegram() implements Job {}
