package tasktracker.platform.job.run;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;
import tasktracker.platform.job.JobDiscarded;
import tasktracker.platform.job.JobSnoozed;
import tasktracker.platform.job.JobState;

/**
 * The outcome of an attempt, and the next state of its job.
 *
 * @param state the next state of the job; a failed job without attempts left becomes dead instead
 * @param attemptOutcome the outcome in the list of attempts
 * @param pause the delay before the next attempt, if there is one
 * @param refundsAttempt true when the attempt does not count towards the limit of attempts
 * @param reason the reason, for people
 * @param failure the exception, for the log
 */
public record JobOutcome(JobState state, String attemptOutcome, Duration pause, boolean refundsAttempt, @Nullable String reason,
    @Nullable Throwable failure) {

  private static final int MAX_REASON_LENGTH = 2_000;
  static final JobOutcome COMPLETED = new JobOutcome(JobState.COMPLETED, "completed", Duration.ZERO, false, null, null);

  public static JobOutcome failed(Throwable failure, Duration pause) {
    return new JobOutcome(JobState.RETRYABLE, "failed", pause, false, reason(failure), failure);
  }

  public static JobOutcome failed(String reason, Duration pause) {
    return new JobOutcome(JobState.RETRYABLE, "failed", pause, false, reason, null);
  }

  static JobOutcome snoozed(JobSnoozed snoozed) {
    return new JobOutcome(JobState.SNOOZED, "snoozed", snoozed.pause(), true, reason(snoozed.getMessage()), null);
  }

  /** Returns the job to the queue, because the server is stopping or the database is unavailable. */
  static JobOutcome returned(String reason, Duration pause) {
    return new JobOutcome(JobState.QUEUED, "returned", pause, true, reason, null);
  }

  static JobOutcome discarded(JobDiscarded discarded) {
    return new JobOutcome(JobState.DISCARDED, "discarded", Duration.ZERO, false, reason(discarded.getMessage()), null);
  }

  public static JobOutcome cancelled() {
    return new JobOutcome(JobState.CANCELLED, "cancelled", Duration.ZERO, false, null, null);
  }

  boolean isCompleted() {
    return state == JobState.COMPLETED;
  }

  /** The failure and its causes on a line each, without repetitions. */
  private static String reason(Throwable failure) {
    StringBuilder reason = new StringBuilder();
    Throwable t = failure;
    for (int depth = 0; t != null && depth < 5; depth++, t = t.getCause()) {
      String line = t.getClass().getSimpleName() + (t.getMessage() == null ? "" : ": " + t.getMessage());
      if (reason.indexOf(line) < 0) {
        reason.append(depth == 0 ? "" : "\n").append(line);
      }
    }
    return reason(reason.toString());
  }

  private static String reason(@Nullable String text) {
    String whole = StorableText.of(text == null ? "" : text);
    return whole.length() <= MAX_REASON_LENGTH ? whole : StorableText.of(whole.substring(0, MAX_REASON_LENGTH));
  }
}
