package tasktracker.scoring;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/**
 * Classify the stored messages by other thresholds and weights, from the factors that are stored.
 *
 * @param generation of the weighing to do it by
 */
@Kind("reclassify_messages_task")
public record ReclassifyMessages(long generation) implements Job {}
