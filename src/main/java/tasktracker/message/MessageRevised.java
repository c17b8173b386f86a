package tasktracker.message;

import java.util.UUID;

/** The text of a message changed and its score was removed; fired inside the transaction that stores the edit. */
public record MessageRevised(UUID messageId, int revision, String content) {}
