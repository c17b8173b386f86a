package tasktracker.scoring.policy;

import java.time.Instant;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * A scoring policy that is or was in force.
 *
 * @param generation its number; the highest is in force
 * @param origin {@code environment}, or {@code saved} when an administrator saved it
 * @param actor who saved it or reset it to the environment; null for a start of a server
 */
public record PolicyVersion(long generation, @Nested ScoringPolicy policy, String origin, @Nullable String actor, Instant since) {

  static final String ENVIRONMENT = "environment";
  static final String SAVED = "saved";

  /** Whether an administrator saved it, so that the environment does not replace it. */
  public boolean isSaved() {
    return origin.equals(SAVED);
  }
}
