package tasktracker.platform.security.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.request.ClientNetwork;

/**
 * Limits database lookups of invalid credentials. A lookup is counted for its address before it is made, and refunded when
 * the credential is valid. Credentials that were valid on this node recently are not counted, so that callers who share an
 * address with an attacker are not affected. Thread-safe.
 */
@ApplicationScoped
public class CredentialLookups {

  private static final int MAX_TRUSTED = 20_000;
  private final RateLimits limits;
  /** Hashes of credentials that were valid. The lookup tells whether they still are. */
  private final Cache<String, Boolean> trusted = Caffeine.newBuilder().maximumSize(MAX_TRUSTED).expireAfterAccess(Duration.ofDays(7))
      .build();

  @Inject
  public CredentialLookups(RateLimits limits) {
    this.limits = limits;
  }

  /**
   * Looks up a credential.
   *
   * @param hash the hash of the credential
   * @param address the address of the client
   * @throws tasktracker.platform.web.problem.Problem 429 instead, after too many invalid credentials from the address
   */
  protected <T> Optional<T> find(String hash, RateLimits.Limit limit, String address, Supplier<Optional<T>> lookUp) {
    Optional<T> found = trusted.getIfPresent(hash) == null ? findCounted(limit, ClientNetwork.of(address), lookUp) : lookUp.get();
    found.ifPresentOrElse(valid -> trust(hash), () -> trusted.invalidate(hash));
    return found;
  }

  private <T> Optional<T> findCounted(RateLimits.Limit limit, String network, Supplier<Optional<T>> lookUp) {
    limits.consume(limit, network);
    boolean isWrong = false;
    try {
      Optional<T> found = lookUp.get();
      isWrong = found.isEmpty();
      return found;
    } finally {
      if (!isWrong) { // valid, or the database did not answer
        limits.refund(limit, network);
      }
    }
  }

  /** Exempts a credential from the limit. */
  protected void trust(String hash) {
    trusted.put(hash, true);
  }
}
