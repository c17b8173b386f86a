package tasktracker.task.analyst;

import java.time.Instant;
import java.util.UUID;

/**
 * A date that a client marked in a message, such as an entity {@code date_time} of Telegram.
 *
 * @param start the position of the first UTF-16 unit in the text of the message
 * @param end the position after the last one; {@code start < end}
 */
public record DateEntity(UUID messageId, int start, int end, Instant at) {}
