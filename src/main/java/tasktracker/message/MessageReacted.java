package tasktracker.message;

import java.util.UUID;

/** Fired inside the transaction in which the counts of a message's reactions changed. */
public record MessageReacted(UUID messageId) {}
