package tasktracker.platform.job.admin;

import org.jspecify.annotations.Nullable;
import tasktracker.platform.job.JobState;

/** Selects jobs; a part that is null matches all. */
public record JobFilter(@Nullable JobState state, @Nullable String kind, @Nullable String queue) {

  public static final JobFilter ALL = new JobFilter(null, null, null);

  /** The same filter with another state. */
  public JobFilter in(JobState state) {
    return new JobFilter(state, kind, queue);
  }

  /** The wire name of the state, or null. */
  public @Nullable String stateName() {
    return state == null ? null : state.wire();
  }

  public boolean isAny() {
    return equals(ALL);
  }

  /** True when it names a state from which a person may retry jobs. */
  public boolean isRetryable() {
    return state != null && state.isManuallyRetryable();
  }
}
