package tasktracker.platform.security;

import java.util.Map;
import java.util.Optional;
import tasktracker.platform.web.problem.Problem;

/** Very low rate limits. */
public final class TestRateLimits {

  private TestRateLimits() {}

  /** What somebody is told who asks too often. */
  public static Problem tooMany() {
    var limits = new RateLimits(new SecurityConfig(name -> Optional.ofNullable(Map.of("rate.search", "1").get(name))));
    limits.consume(RateLimits.Limit.SEARCH, "olena");
    try {
      limits.consume(RateLimits.Limit.SEARCH, "olena");
    } catch (Problem problem) {
      return problem;
    }
    throw new AssertionError("The second one was not too many");
  }
}
