package tasktracker.message;

import java.util.List;
import java.util.UUID;

/** A batch of messages was deleted by people or with their import; fired inside the transaction that deletes them. */
public record MessagesDeleted(List<UUID> messages) {}
