package tasktracker.task.analyst;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A member of a chat.
 *
 * @param id the id as an author of messages
 * @param displayName the name as the chat shows it
 * @param username the name by which the person is mentioned, without the at sign, or null
 */
public record ChatPerson(UUID id, String displayName, @Nullable String username) {}
