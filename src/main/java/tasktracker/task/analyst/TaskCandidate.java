package tasktracker.task.analyst;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.knowledge.analyst.AnalystReason;
import tasktracker.knowledge.analyst.Quote;

/**
 * A task that an analyst proposes.
 *
 * @param key unique within one analysis
 * @param title at most 12 words, verb first, in the language of the message
 * @param description the words that the task rests on
 * @param tags lower-case words, strongest first; hashtags of the messages are among them
 * @param assigneeId the member of the chat who is to do it, or null if nobody is named or several could be meant
 * @param assigneeName the name of the assignee as the chat shows it, or as the message says it, or null
 * @param confidence 0 to 1; of the built-in analyst the precision measured at its rank
 * @param reason why it was proposed; the text has the key {@code task.reason.CODE}
 * @param quotes at least one, the most important first
 */
public record TaskCandidate(String key, String title, String description, TaskPriority priority, TaskCategory category,
    List<String> tags, @Nullable UUID assigneeId, @Nullable String assigneeName, @Nullable DueDate due, double confidence,
    AnalystReason reason, List<Quote> quotes, List<SubtaskCandidate> subtasks) {}
