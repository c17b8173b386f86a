package tasktracker.source;

import java.util.UUID;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/** Store the messages of an import, from where it stopped. */
@Kind("ingest_telegram_messages_task")
public record IngestMessages(UUID importId) implements Job {}
