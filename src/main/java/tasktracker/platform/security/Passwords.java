package tasktracker.platform.security;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/**
 * Hashes and checks passwords with Argon2id.
 *
 * <p>Parameters are the OWASP Password Storage Cheat Sheet's: 19 MiB, two passes, one lane. Hashing takes its time on
 * purpose and waits for its turn, so each method refuses to run inside a transaction, which would hold a connection and
 * its row locks meanwhile. Two hashes are computed at a time, one of each {@link Requester}; each has 16 places to wait
 * up to five seconds.
 */
@ApplicationScoped
@Transactional(TxType.NEVER)
public class Passwords {

  private static final int MEMORY_KIB = 19_456;
  private static final Argon2Function CURRENT =
      Argon2Function.getInstance(MEMORY_KIB, 2, 1, 32, Argon2.ID, Argon2Function.ARGON2_VERSION_13);
  private static final int WAITING = 16;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** Who waits for a hash. */
  public enum Requester {
    /** Somebody in a session, or at a browser that the account knows: strangers do not keep them waiting. */
    KNOWN,
    /** Anybody else. */
    STRANGER
  }

  private final Map<Requester, Bulkhead> queues = new EnumMap<>(Map.of(
      Requester.KNOWN, new Bulkhead(1, WAITING, LONGEST_WAIT), Requester.STRANGER, new Bulkhead(1, WAITING, LONGEST_WAIT)));
  private volatile @Nullable String nobodys;

  /**
   * The hash of a password, whatever it is; a new one of a person's goes through {@link #hashStrong}.
   *
   * @throws Problem 503 when too many wait already
   */
  public String hash(String password) {
    return inTurn(Requester.KNOWN, () -> computed(password));
  }

  /**
   * The hash of a new password.
   *
   * @param owner the owner's sign-in name and display name
   * @throws Problem 422 with what to do better when it is easy to guess, 503 when too many wait already
   */
  public String hashStrong(String password, String... owner) {
    return inTurn(Requester.KNOWN, () -> {
      PasswordStrength.require(password, owner);
      return computed(password);
    });
  }

  /**
   * The same password under today's parameters when the hash has other ones, or null.
   *
   * @throws Problem 503 when too many wait already
   */
  public @Nullable String better(String password, String hash, Requester requester) {
    return isOutdated(hash) ? inTurn(requester, () -> computed(password)) : null;
  }

  /** @throws Problem 503 when too many wait already */
  public boolean matches(String password, String hash, Requester requester) {
    return password.length() <= PasswordStrength.LONGEST && inTurn(requester, () -> isOf(password, hash));
  }

  /**
   * Takes as long as {@link #matches} does, so that the time does not tell which names exist.
   *
   * @throws Problem 503 when too many wait already
   */
  public void pretendToMatch(String password, Requester requester) {
    @Nullable String hash = nobodys;
    if (hash == null) {
      hash = inTurn(requester, () -> computed(Secrets.random()));
      nobodys = hash;
    }
    matches(password, hash, requester);
  }

  private <T> T inTurn(Requester requester, Supplier<T> work) {
    return queues.get(requester).run(work);
  }

  private static boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(CURRENT);
  }

  private static boolean isOf(String password, String hash) {
    return Argon2Function.getInstanceFromHash(hash).check(normal(password), hash.getBytes(StandardCharsets.UTF_8));
  }

  private static String computed(String password) {
    return CURRENT.hash(normal(password)).getResult();
  }

  /** The same password may be typed as different code points on different keyboards. */
  private static byte[] normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
  }
}
