package tasktracker.knowledge.atom;

import java.util.UUID;

/**
 * Event: an atom was created, or its title or content was changed. It is fired in the transaction that writes the atom.
 *
 * @param isEmbedded whether the atom was stored with the vector of this text
 */
public record AtomWritten(UUID atomId, String title, String content, boolean isEmbedded) {}
