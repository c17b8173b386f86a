package tasktracker.scoring.policy;

import tasktracker.platform.job.Job;
import tasktracker.platform.job.Kind;

/**
 * Classifies the stored messages by changed thresholds and weights, using the stored factors.
 *
 * @param generation the generation of the scoring policy
 */
@Kind("reclassify_messages_task")
public record ReclassifyMessages(long generation) implements Job {}
