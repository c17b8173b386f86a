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
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Rate limits, counted on this node. A limit is set by an environment variable such as RATE_SEARCH, in events a minute; 0
 * disables it.
 */
@ApplicationScoped
public class RateLimits {

  /** The limits with their defaults a minute. */
  public enum Limit {
    /** Wrong passwords for one account from one address. */
    SIGN_IN_NAME(10),
    /** Wrong passwords from one address. */
    SIGN_IN_ADDRESS(30),
    /** Wrong passwords for one account from all unknown devices. */
    SIGN_IN_UNKNOWN(100),
    /** Wrong passwords from one known device. */
    SIGN_IN_DEVICE(10),
    /** Wrong tokens from one address. */
    WRONG_TOKEN(60),
    /** Wrong or ended sessions from one address. */
    WRONG_SESSION(600),
    /** Searches and exports of one account or token. */
    SEARCH(300),
    /** All requests of one account. */
    PERSON(6_000),
    /** All requests of one token. */
    PROGRAM(60_000),
    /** Requests without a sign-in from one address. */
    VISITOR(6_000),
    /** Updates from one address to the webhook. */
    WEBHOOK(120_000),
    /** Sockets opened by one account or token. */
    SOCKET(60);

    private final int defaultLimit;

    Limit(int defaultLimit) {
      this.defaultLimit = defaultLimit;
    }

    String setting() {
      return "rate." + name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
  }

  /** The buckets of one limit. A flood of keys of another limit evicts none of them. */
  private static final class Buckets {
    private final Bandwidth perMinute;
    /** Keyed by a hash, because callers choose the keys and a hash has a fixed size. */
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(MAX_BUCKETS).expireAfterAccess(Duration.ofMinutes(10))
        .build();

    Buckets(int perMinute) {
      this.perMinute = Bandwidth.builder().capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)).build();
    }

    Bucket bucket(String key) {
      return buckets.get(Secrets.derived("limit", key), hash -> Bucket.builder().addLimit(perMinute).build());
    }
  }

  /** For each limit; about 4 MB when full. */
  private static final int MAX_BUCKETS = 5_000;

  private final Map<Limit, Buckets> buckets = new EnumMap<>(Limit.class);

  @Inject
  public RateLimits(SecurityConfig config) {
    for (Limit limit : Limit.values()) {
      int perMinute = config.number(limit.setting(), limit.defaultLimit);
      if (perMinute > 0) {
        buckets.put(limit, new Buckets(perMinute));
      }
    }
  }

  /**
   * Counts one event.
   *
   * @param key for example an account or an address, of any length
   * @throws Problem 429 with Retry-After, when the limit is exceeded
   */
  public void consume(Limit limit, String key) {
    Buckets of = buckets.get(limit);
    if (of == null) {
      return;
    }
    var probe = of.bucket(key).tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      int seconds = (int) Math.max(1, Duration.ofNanos(probe.getNanosToWaitForRefill()).plusMillis(999).toSeconds());
      throw new Problem(429, "Too many requests", LocalizedMessage.of("problem.often", seconds), seconds);
    }
  }

  /** Refunds one event, for example after a correct password. */
  public void refund(Limit limit, String key) {
    Buckets of = buckets.get(limit);
    if (of != null) {
      of.bucket(key).addTokens(1);
    }
  }

  /** The number of buckets and the length of the longest key, for tests. */
  Measure measure() {
    buckets.values().forEach(of -> of.buckets.cleanUp());
    return new Measure(buckets.values().stream().mapToLong(of -> of.buckets.estimatedSize()).sum(),
        buckets.values().stream().flatMap(of -> of.buckets.asMap().keySet().stream()).mapToInt(String::length).max().orElse(0));
  }

  record Measure(long buckets, int longestKey) {}
}
