package tasktracker.platform.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.data.StorableText;

/**
 * How an attempt ended, and what becomes of its job.
 *
 * @param state what the job becomes; a failed one that has used up its attempts becomes dead instead
 * @param outcome how the attempt is remembered; not remembered apart from its job when completed
 * @param pause how long the job waits, for those that come back
 * @param blameless true when the attempt is not held against the job
 * @param reason why, for people
 * @param fault what was thrown, for the log
 */
record JobOutcome(String state, String outcome, Duration pause, boolean blameless, @Nullable String reason,
    @Nullable Throwable fault) {

  private static final int LONGEST_REASON = 2_000;
  static final JobOutcome COMPLETED = new JobOutcome("completed", "completed", Duration.ZERO, false, null, null);

  static JobOutcome failed(Throwable fault, Duration pause) {
    return new JobOutcome("retryable", "failed", pause, false, reason(fault), fault);
  }

  static JobOutcome failed(String reason, Duration pause) {
    return new JobOutcome("retryable", "failed", pause, false, reason, null);
  }

  static JobOutcome snoozed(JobSnoozed snoozed) {
    return new JobOutcome("snoozed", "snoozed", snoozed.pause(), true, reason(snoozed.getMessage()), null);
  }

  /** Back to the queue through nobody's fault: the server stops, the database is away. */
  static JobOutcome returned(String reason, Duration pause) {
    return new JobOutcome("queued", "returned", pause, true, reason, null);
  }

  static JobOutcome discarded(JobDiscarded discarded) {
    return new JobOutcome("discarded", "discarded", Duration.ZERO, false, reason(discarded.getMessage()), null);
  }

  static JobOutcome cancelled() {
    return new JobOutcome("cancelled", "cancelled", Duration.ZERO, false, null, null);
  }

  boolean isCompleted() {
    return state.equals("completed");
  }

  /** The failure and its causes on a line each, as far as they say something new. */
  private static String reason(Throwable fault) {
    StringBuilder reason = new StringBuilder();
    Throwable t = fault;
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
    return whole.length() <= LONGEST_REASON ? whole : StorableText.of(whole.substring(0, LONGEST_REASON));
  }
}
