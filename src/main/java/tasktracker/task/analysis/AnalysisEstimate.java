package tasktracker.task.analysis;

/**
 * What a run would read.
 *
 * @param messagesInWindow all messages of the window
 * @param messagesAfterPrefilter those that tasks may rest on first
 * @param tokens of a language model, about a quarter of the characters; none are used by the built-in analyst
 */
public record AnalysisEstimate(long messagesInWindow, long messagesAfterPrefilter, int batches, long tokens) {}
