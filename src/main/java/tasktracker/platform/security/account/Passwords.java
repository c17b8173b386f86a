package tasktracker.platform.security.account;

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
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.web.problem.Problem;

/**
 * Hashes and checks passwords with Argon2id.
 *
 * <p>The parameters are those of the OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Hashing is slow by
 * design and may queue, so each method refuses to run inside a transaction, which would hold a connection and row locks.
 * Two hashes are computed at a time, one for each {@link Requester}; each has a queue of 16 with a wait of up to five
 * seconds.
 */
@ApplicationScoped
@Transactional(TxType.NEVER)
public class Passwords {

  private static final int MEMORY_KIB = 19_456;
  private static final Argon2Function CURRENT = Argon2Function.getInstance(MEMORY_KIB, 2, 1, 32, Argon2.ID,
      Argon2Function.ARGON2_VERSION_13);
  private static final int QUEUE_LENGTH = 16;
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** Separate queues for hashing. */
  public enum Requester {
    /** A signed-in user, or a known device. Requests of strangers do not delay them. */
    KNOWN,
    /** All others. */
    STRANGER
  }

  private final Map<Requester, Bulkhead> queues = new EnumMap<>(Map.of(
      Requester.KNOWN, new Bulkhead(1, QUEUE_LENGTH, MAX_WAIT), Requester.STRANGER, new Bulkhead(1, QUEUE_LENGTH, MAX_WAIT)));
  private volatile @Nullable String dummyHash;

  /**
   * Hashes a password without checking its strength; use {@link #hashStrong} for new passwords of users.
   *
   * @throws Problem 503 when the queue is full
   */
  public String hash(String password) {
    return runLimited(Requester.KNOWN, () -> compute(password));
  }

  /**
   * Checks the strength of a new password and hashes it.
   *
   * @param owner the owner's sign-in name and display name
   * @throws Problem 422 when it is easy to guess, 503 when the queue is full
   */
  public String hashStrong(String password, String... owner) {
    return runLimited(Requester.KNOWN, () -> {
      PasswordStrength.require(password, owner);
      return compute(password);
    });
  }

  /**
   * A new hash of the same password when the parameters of the hash are outdated, or null.
   *
   * @throws Problem 503 when the queue is full
   */
  public @Nullable String rehashIfOutdated(String password, String hash, Requester requester) {
    return isOutdated(hash) ? runLimited(requester, () -> compute(password)) : null;
  }

  /** @throws Problem 503 when the queue is full */
  public boolean matches(String password, String hash, Requester requester) {
    return password.length() <= PasswordStrength.MAX_LENGTH && runLimited(requester, () -> verify(password, hash));
  }

  /**
   * Takes the same time as {@link #matches}, so that the duration does not reveal which names exist.
   *
   * @throws Problem 503 when the queue is full
   */
  public void simulateMatch(String password, Requester requester) {
    @Nullable
    String hash = dummyHash;
    if (hash == null) {
      hash = runLimited(requester, () -> compute(Secrets.random()));
      dummyHash = hash;
    }
    matches(password, hash, requester);
  }

  private <T> T runLimited(Requester requester, Supplier<T> work) {
    return Objects.requireNonNull(queues.get(requester), "Each requester has a queue").run(work);
  }

  private static boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(CURRENT);
  }

  private static boolean verify(String password, String hash) {
    return Argon2Function.getInstanceFromHash(hash).check(normalize(password), hash.getBytes(StandardCharsets.UTF_8));
  }

  private static String compute(String password) {
    return CURRENT.hash(normalize(password)).getResult();
  }

  /** The same password may be typed as different code points on different keyboards, hence NFKC. */
  private static byte[] normalize(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
  }
}
