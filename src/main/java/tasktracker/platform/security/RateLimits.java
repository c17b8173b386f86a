package tasktracker.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.Saying;

/**
 * How often somebody may do something, counted on this node. A limit is set by an environment variable such as
 * RATE_SEARCH, a number a minute; 0 takes it away.
 */
@ApplicationScoped
public class RateLimits {

  /** What is counted, and how often a minute it may usually happen. */
  public enum Limit {
    /** Tries to sign in to one account. */
    SIGN_IN_NAME(10),
    /** Tries to sign in from one address. */
    SIGN_IN_ADDRESS(30),
    /** Wrong tokens from one address. */
    WRONG_TOKEN(60),
    /** Searches of one person or program. */
    SEARCH(300),
    /** All requests of one person. */
    PERSON(6_000),
    /** All requests of one program. */
    PROGRAM(60_000),
    /** Requests without any sign-in from one address. */
    VISITOR(6_000),
    /** Updates from one address to the webhook. */
    WEBHOOK(120_000),
    /** Sockets opened by one person or program. */
    SOCKET(60);

    private final int usual;

    Limit(int usual) {
      this.usual = usual;
    }

    String setting() {
      return "rate." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  private record Who(Limit limit, String key) {}

  private final Map<Limit, Integer> perMinute = new EnumMap<>(Limit.class);
  private final Cache<Who, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(50_000).expireAfterAccess(Duration.ofMinutes(10)).build();

  protected RateLimits() {} // for the container's proxy

  @Inject
  public RateLimits(SecurityConfig config) {
    for (Limit limit : Limit.values()) {
      perMinute.put(limit, config.number(limit.setting(), limit.usual));
    }
  }

  /**
   * Counts one.
   *
   * @param key whose count it is: an account, an address
   * @throws Problem 429 with the seconds to wait, when it is too many
   */
  public void spend(Limit limit, String key) {
    if (perMinute.getOrDefault(limit, 0) == 0) {
      return;
    }
    var probe = bucket(limit, key).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      int seconds = (int) Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
      throw new Problem(429, "Too many requests", Saying.of("problem.often", seconds), seconds);
    }
  }

  /** Takes one count back: it was well meant, as a right password shows. */
  protected void giveBack(Limit limit, String key) {
    if (perMinute.getOrDefault(limit, 0) > 0) {
      bucket(limit, key).addTokens(1);
    }
  }

  private Bucket bucket(Limit limit, String key) {
    return buckets.get(new Who(limit, key), w -> Bucket.builder().addLimit(stage -> {
      int most = perMinute.get(limit);
      return stage.capacity(most).refillGreedy(most, Duration.ofMinutes(1));
    }).build());
  }
}
