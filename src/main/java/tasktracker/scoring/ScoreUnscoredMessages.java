package tasktracker.scoring;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/**
 * Scores messages that have no score.
 *
 * @param messageIds the messages to score, or an empty list for the newest messages
 * @param limit the maximum number of newest messages, or null for no limit
 */
@Kind("score_unscored_messages_task")
public record ScoreUnscoredMessages(List<UUID> messageIds, @Nullable Integer limit) implements Job {}
