package tasktracker.platform.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which jobs are meant: each part that is null lets all through. */
public record JobFilter(@Nullable String state, @Nullable String kind, @Nullable String queue) {

  /** All states, in the order of a job's life. */
  public static final List<String> STATES =
      List.of("queued", "running", "retryable", "snoozed", "completed", "dead", "discarded", "cancelled");
  /** States from which a person may send a job round again. */
  public static final List<String> RETRYABLE = List.of("dead", "discarded", "cancelled", "retryable", "snoozed");

  public static final JobFilter ALL = new JobFilter(null, null, null);

  public JobFilter in(String state) {
    return new JobFilter(state, kind, queue);
  }

  /** True when retrying all that it lets through makes sense. */
  public boolean isRetryable() {
    return state != null && RETRYABLE.contains(state);
  }
}
