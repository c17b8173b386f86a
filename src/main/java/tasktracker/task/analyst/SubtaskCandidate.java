package tasktracker.task.analyst;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.Quote;

/**
 * An item of a list in a message, as a part of a task.
 *
 * @param title at most 12 words
 * @param assigneeId the member of the chat who is to do it, or null if nobody is named or several could be meant
 * @param assigneeName the name of the assignee as the chat shows it, or as the message says it, or null
 * @param isDone whether the list shows it as done
 * @param quote the item
 */
public record SubtaskCandidate(String title, @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable DueDate due,
    boolean isDone, Quote quote) {}
