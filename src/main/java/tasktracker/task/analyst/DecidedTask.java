package tasktracker.task.analyst;

import org.jspecify.annotations.Nullable;

/**
 * A proposal about which a person decided.
 *
 * @param text its title and description
 * @param vector the embedding of the text, or null
 */
public record DecidedTask(String text, float @Nullable [] vector, boolean isApproved) {}
