package tasktracker.knowledge.analyst;

import org.jspecify.annotations.Nullable;

/**
 * An atom about which a person decided.
 *
 * @param text its title and content
 * @param vector the embedding of the text, or null
 */
public record DecidedAtom(AtomType type, String text, float @Nullable [] vector, boolean isApproved) {}
