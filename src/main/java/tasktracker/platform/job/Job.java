package tasktracker.platform.job;

/**
 * A piece of work to be done later, told in the imperative: {@code new ScoreMessage(id)}. Implemented by records
 * annotated with {@link Kind}. Components are the payload; they carry ids and small numbers, never texts.
 */
public interface Job {}
