package tasktracker.source.telegram;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Parse all stored updates again and replace labels by the text that was not understood before. */
@Kind("reread_telegram_updates")
public record RereadUpdates() implements Job {}
