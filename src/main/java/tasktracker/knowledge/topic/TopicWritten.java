package tasktracker.knowledge.topic;

import java.util.UUID;

/** Event: a topic was created, or its name or description was changed. It is fired in the transaction that writes the topic. */
public record TopicWritten(UUID topicId, String name, String description) {}
