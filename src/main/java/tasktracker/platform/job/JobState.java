package tasktracker.platform.job;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The states of a job, in the order of its life, and the sets of them that queries and pages use. */
public enum JobState {
  /** Waits for its first attempt, or was returned to the queue. */
  QUEUED,
  /** A node has leased it. */
  RUNNING,
  /** An attempt failed; the next one starts after the backoff. */
  RETRYABLE,
  /** Its handler asked to be called again later. */
  SNOOZED,
  COMPLETED,
  /** It used up its attempts, or lost three workers. Somebody has to look at it. */
  DEAD,
  /** Its handler found that there is nothing to do any more. */
  DISCARDED,
  CANCELLED;

  /** A node may claim these as soon as they are due. */
  public static final Set<JobState> WAITING = Set.copyOf(EnumSet.of(QUEUED, RETRYABLE, SNOOZED));
  /** Waiting or running. At most one unfinished job has a given unique key. */
  public static final Set<JobState> UNFINISHED = Set.copyOf(EnumSet.of(QUEUED, RUNNING, RETRYABLE, SNOOZED));
  /** Nothing happens to these unless a person retries them. */
  public static final Set<JobState> FINISHED = Set.copyOf(EnumSet.complementOf(EnumSet.of(QUEUED, RUNNING, RETRYABLE, SNOOZED)));
  /** A person may return these to the queue. */
  public static final List<JobState> MANUALLY_RETRYABLE = List.of(DEAD, DISCARDED, CANCELLED, RETRYABLE, SNOOZED);

  /** {@link #WAITING} as a list in SQL. The partial indexes of the table are found by exactly this set. */
  public static final String WAITING_SQL = sql(WAITING);
  /** {@link #UNFINISHED} as a list in SQL. */
  public static final String UNFINISHED_SQL = sql(UNFINISHED);
  /** {@link #FINISHED} as a list in SQL. */
  public static final String FINISHED_SQL = sql(FINISHED);
  /** {@link #MANUALLY_RETRYABLE} as a list in SQL. */
  public static final String MANUALLY_RETRYABLE_SQL = sql(MANUALLY_RETRYABLE);

  /** Its name in the database, in the API, in events and in the keys of translations. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The state with that wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static JobState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }

  /** The states as {@code ('queued', 'retryable')}, for the right side of SQL's {@code in}. */
  private static String sql(Collection<JobState> states) {
    return states.stream().sorted().map(state -> "'" + state.wire() + "'").collect(Collectors.joining(", ", "(", ")"));
  }

  public boolean isFinished() {
    return FINISHED.contains(this);
  }

  public boolean isManuallyRetryable() {
    return MANUALLY_RETRYABLE.contains(this);
  }
}
