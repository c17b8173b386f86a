package tasktracker.task.analysis;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages that an analysis run reads. Both ends of the window belong to it.
 *
 * @param projectId the project of the run, or null
 * @param isProjectOnly whether only messages that were recognised as the project's are read; others are context
 * @param includesNoise whether noise is read too; it is always context
 */
public record AnalysisSelection(Instant from, Instant until, @Nullable UUID projectId, boolean isProjectOnly, boolean includesNoise) {

  private static final UUID NO_PROJECT = new UUID(0, 0);

  /** What at most one open run has. */
  UUID scope() {
    return projectId == null ? NO_PROJECT : projectId;
  }
}
