package tasktracker.knowledge.atom;

import java.util.UUID;

/** An atom was deleted. Fired inside the transaction. */
public record AtomDeleted(UUID atomId) {}
