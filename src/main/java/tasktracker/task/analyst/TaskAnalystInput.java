package tasktracker.task.analyst;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tasktracker.knowledge.analyst.AnalystMessage;

/**
 * What a task analyst reads.
 *
 * @param messages messages of one chat, oldest first: those to examine, and others that are only context and evidence
 * @param people the members of the chat, who can be assignees
 * @param zones the time zones of authors that are known, by author
 * @param zone the time zone of all other authors
 * @param dates dates that a client marked in the messages
 * @param decided the latest proposals that people approved or rejected, newest first
 * @param maxTasks the maximum number of tasks of the result
 */
public record TaskAnalystInput(List<AnalystMessage> messages, List<ChatPerson> people, Map<UUID, ZoneId> zones, ZoneId zone,
    List<DateEntity> dates, List<DecidedTask> decided, int maxTasks) {

  /** All tasks of the messages, with one time zone. */
  public static TaskAnalystInput of(List<AnalystMessage> messages, List<ChatPerson> people, ZoneId zone) {
    return new TaskAnalystInput(messages, people, Map.of(), zone, List.of(), List.of(), Integer.MAX_VALUE);
  }

  /** The time zone of an author. */
  public ZoneId zoneOf(UUID author) {
    return zones.getOrDefault(author, zone);
  }
}
