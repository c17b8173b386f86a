package tasktracker.knowledge.analyst;

import java.util.UUID;

/**
 * A verbatim part of a message.
 *
 * @param start the position of the first UTF-16 unit in the text of the message
 * @param end the position after the last one; {@code start < end}
 */
public record Quote(UUID messageId, int start, int end) {}
