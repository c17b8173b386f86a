package tasktracker.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.LocalizedMessage;

/**
 * How often somebody may do something, counted on this node. A limit is set by an environment variable such as
 * RATE_SEARCH, a number a minute; 0 takes it away.
 */
@ApplicationScoped
public class RateLimits {

  /** What is counted, and how often a minute it may usually happen. */
  public enum Limit {
    /** Wrong passwords for one account from one address. */
    SIGN_IN_NAME(10),
    /** Wrong passwords from one address. */
    SIGN_IN_ADDRESS(30),
    /** Wrong passwords for one account from all browsers that it does not know. */
    SIGN_IN_UNKNOWN(100),
    /** Wrong passwords from one browser that the account knows. */
    SIGN_IN_DEVICE(10),
    /** Wrong tokens from one address. */
    WRONG_TOKEN(60),
    /** Searches and exports of one person or program. */
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

  /** What is counted for whom: callers choose keys, so only a hash of one is kept, which has the same size for all. */
  private record Counted(Limit limit, String keyHash) {

    static Counted of(Limit limit, String key) {
      return new Counted(limit, Secrets.derived("limit", key));
    }
  }

  /** Some 16 MB when full; each entry has the same size. */
  private static final int MOST_BUCKETS = 20_000;

  private final Map<Limit, Bandwidth> perMinute = new EnumMap<>(Limit.class);
  private final Cache<Counted, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_BUCKETS).expireAfterAccess(Duration.ofMinutes(10)).build();

  protected RateLimits() {} // for the container's proxy

  @Inject
  public RateLimits(SecurityConfig config) {
    for (Limit limit : Limit.values()) {
      int most = config.number(limit.setting(), limit.usual);
      if (most > 0) {
        perMinute.put(limit, Bandwidth.builder().capacity(most).refillGreedy(most, Duration.ofMinutes(1)).build());
      }
    }
  }

  /**
   * Counts one.
   *
   * @param key whose count it is: an account, an address; of any length
   * @throws Problem 429 with the seconds to wait, when it is too many
   */
  public void spend(Limit limit, String key) {
    if (!perMinute.containsKey(limit)) {
      return;
    }
    var probe = bucket(limit, key).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      int seconds = (int) Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
      throw new Problem(429, "Too many requests", LocalizedMessage.of("problem.often", seconds), seconds);
    }
  }

  /** Takes one count back: it was well meant, as a right password shows. */
  protected void giveBack(Limit limit, String key) {
    if (perMinute.containsKey(limit)) {
      bucket(limit, key).addTokens(1);
    }
  }

  private Bucket bucket(Limit limit, String key) {
    return buckets.get(Counted.of(limit, key), counted -> Bucket.builder().addLimit(perMinute.get(limit)).build());
  }

  /** How many are counted at this moment, and the longest of their keys. */
  Measure measure() {
    buckets.cleanUp();
    return new Measure(buckets.estimatedSize(),
        buckets.asMap().keySet().stream().mapToInt(counted -> counted.keyHash().length()).max().orElse(0));
  }

  record Measure(long buckets, int longestKey) {}
}
