package tasktracker.source.telegram;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Read all kept updates again, and give messages that are stored as labels the words that were not understood. */
@Kind("reread_telegram_updates")
public record RereadUpdates() implements Job {}
