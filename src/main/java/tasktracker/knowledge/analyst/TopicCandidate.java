package tasktracker.knowledge.analyst;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic of the messages.
 *
 * @param existing the known topic that it is, or null for a new one
 * @param name at most 100 characters
 * @param messages the messages that belong to it
 * @param keywords the words that name it, strongest first
 * @param confidence 0 to 1
 * @param reason why it is a topic
 */
public record TopicCandidate(String key, @Nullable UUID existing, String name, String description, List<UUID> messages,
    List<String> keywords, double confidence, AnalystReason reason) {}
