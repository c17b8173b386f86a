package tasktracker.platform.job;

/**
 * A job, named by an imperative: {@code new ScoreMessage(id)}. Implementations are records annotated with {@link Kind}.
 * Their components are the payload: ids and small numbers, never texts of messages.
 */
public interface Job {}
