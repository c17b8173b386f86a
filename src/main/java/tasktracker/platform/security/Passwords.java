package tasktracker.platform.security;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/**
 * Hashes and checks passwords with Argon2id.
 *
 * <p>Parameters are the OWASP Password Storage Cheat Sheet's: 19 MiB, two passes, one lane.
 */
@ApplicationScoped
public class Passwords {

  public static final int SHORTEST = 10;
  public static final int LONGEST = 200;
  private static final int FEWEST_DIFFERENT = 5;
  private static final int MEMORY_KIB = 19_456;
  private static final Argon2Function CURRENT =
      Argon2Function.getInstance(MEMORY_KIB, 2, 1, 32, Argon2.ID, Argon2Function.ARGON2_VERSION_13);
  // Each hash in work holds its 19 MiB of a small heap: a flood of sign-ins must queue instead.
  private final Semaphore places = new Semaphore(2);
  private volatile @Nullable String nobodys;

  public String hash(String password) {
    return inPlace(() -> CURRENT.hash(normal(password)).getResult());
  }

  public boolean matches(String password, String hash) {
    return password.length() <= LONGEST
        && inPlace(() -> Argon2Function.getInstanceFromHash(hash).check(normal(password), hash.getBytes(StandardCharsets.UTF_8)));
  }

  /** Takes as long as {@link #matches} does, so that the time does not tell which names exist. */
  public void pretendToMatch(String password) {
    if (nobodys == null) {
      nobodys = hash(Secrets.random());
    }
    matches(password, nobodys);
  }

  /** True when the hash was made with other parameters than today's. */
  public boolean isOutdated(String hash) {
    return !Argon2Function.getInstanceFromHash(hash).equals(CURRENT);
  }

  /**
   * Refuses what is guessed first.
   *
   * @throws Problem 422 with what to do better
   */
  public static void requireStrong(String password, String accountName) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw Refusal.unfit("password.length");
    }
    if (password.chars().distinct().count() < FEWEST_DIFFERENT) {
      throw Refusal.unfit("password.dull");
    }
    if (password.toLowerCase(Locale.ROOT).contains(accountName)) {
      throw Refusal.unfit("password.name");
    }
  }

  /** The same password may be typed as different code points on different keyboards. */
  private static byte[] normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
  }

  private <T> T inPlace(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
