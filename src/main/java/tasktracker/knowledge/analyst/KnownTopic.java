package tasktracker.knowledge.analyst;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic that exists.
 *
 * @param formerNames names that people replaced; the topic is still found by them
 * @param vector the embedding of its name and description, or null
 */
public record KnownTopic(UUID id, String name, List<String> formerNames, String description, float @Nullable [] vector) {}
