package tasktracker.message;

import java.util.UUID;

/** The text of a message changed; its score was taken back. Fired inside the transaction that keeps the edit. */
public record MessageRevised(UUID messageId, int revision, String content) {}
