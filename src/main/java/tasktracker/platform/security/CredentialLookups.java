package tasktracker.platform.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits how often the database is asked for credentials that may be anybody's invention: one is counted for its address
 * before it is looked up, and given back when it is valid. Credentials that were valid here lately are looked up without
 * being counted, so whoever shares an address with a flood goes on working. Safe for use by many threads.
 */
@ApplicationScoped
public class CredentialLookups {

  private static final int MOST_TRUSTED = 20_000;
  private final RateLimits limits;
  /** Hashes of credentials that were valid; whether they still are, the look-up tells. */
  private final Cache<String, Boolean> trusted =
      Caffeine.newBuilder().maximumSize(MOST_TRUSTED).expireAfterAccess(Duration.ofDays(7)).build();

  @SuppressWarnings("NullAway")
  protected CredentialLookups() {
    this(null); // for the container's proxy
  }

  @Inject
  public CredentialLookups(RateLimits limits) {
    this.limits = limits;
  }

  /**
   * Looks a credential up.
   *
   * @param hash of the credential, of a fixed length
   * @param address where it comes from
   * @throws tasktracker.platform.web.Problem 429 instead, when too many from there were not valid
   */
  protected <T> Optional<T> find(String hash, RateLimits.Limit limit, String address, Supplier<Optional<T>> lookUp) {
    Optional<T> found = trusted.getIfPresent(hash) == null ? counted(limit, ClientNetwork.of(address), lookUp) : lookUp.get();
    found.ifPresentOrElse(valid -> trust(hash), () -> trusted.invalidate(hash));
    return found;
  }

  private <T> Optional<T> counted(RateLimits.Limit limit, String network, Supplier<Optional<T>> lookUp) {
    limits.spend(limit, network);
    boolean isWrong = false;
    try {
      Optional<T> found = lookUp.get();
      isWrong = found.isEmpty();
      return found;
    } finally {
      if (!isWrong) { // valid, or the database did not answer
        limits.giveBack(limit, network);
      }
    }
  }

  /** The credential was made here a moment ago. */
  protected void trust(String hash) {
    trusted.put(hash, true);
  }
}
