package tasktracker.scoring;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/**
 * Score the messages that have no score.
 *
 * @param messageIds these, or none for the newest of all
 * @param limit how many of all at most, or null for all
 */
@Kind("score_unscored_messages_task")
public record ScoreUnscoredMessages(List<UUID> messageIds, @Nullable Integer limit) implements Job {}
