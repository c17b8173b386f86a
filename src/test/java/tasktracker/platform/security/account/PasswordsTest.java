package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tasktracker.platform.security.account.Passwords.Requester.STRANGER;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.problem.Problem;

class PasswordsTest {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Passwords passwords = new Passwords();

  @Test
  void onlyTheRightPasswordMatches() {
    String hash = passwords.hash("синій жираф на даху");
    assertThat(passwords.matches("синій жираф на даху", hash, STRANGER)).isTrue();
    assertThat(passwords.matches("синій жираф на даxу", hash, STRANGER)).isFalse();
    assertThat(passwords.matches("", hash, STRANGER)).isFalse();
  }

  @Test
  void aHashIsArgon2idOfNineteenMebibytesTwice() {
    assertThat(passwords.hash("correct horse battery")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void theSamePasswordNeverHasTheSameHash() {
    assertThat(passwords.hash("correct horse battery")).isNotEqualTo(passwords.hash("correct horse battery"));
  }

  @Test
  void aHashWithOldParametersMatchesAndIsReplaced() {
    String former = Argon2Function.getInstance(4096, 1, 1, 32, Argon2.ID, 19).hash("correct horse battery").getResult();
    assertThat(passwords.matches("correct horse battery", former, STRANGER)).isTrue();
    String better = passwords.rehashIfOutdated("correct horse battery", former, STRANGER);
    assertThat(passwords.matches("correct horse battery", better, STRANGER)).isTrue();
    assertThat(passwords.rehashIfOutdated("correct horse battery", better, STRANGER)).isNull();
  }

  @Test
  void passwordsAreNormalized() {
    String hash = passwords.hash("їжак-їжак-їжак");
    assertThat(passwords.matches("їжак-їжак-їжак", hash, STRANGER)).isTrue();
  }

  @Test
  void aNewPasswordThatIsEasyToGuessIsNotHashed() {
    assertThatThrownBy(() -> passwords.hashStrong("qwertyuiop", "kevin")).isInstanceOf(Problem.class);
    assertThat(passwords.hashStrong("five tall giraffes", "kevin", "Kevin")).startsWith("$argon2id$");
  }

  @Test
  void anOverlongPasswordIsNotHashed() {
    assertThat(passwords.matches("x".repeat(100_000), passwords.hash("correct horse battery"), STRANGER)).isFalse();
  }

  /** Both allocate the memory of one hash; the time would depend on the machine. */
  @Test
  void anUnknownNameTakesTheSameWork() {
    String hash = passwords.hash("correct horse battery");
    passwords.simulateMatch("warm-up", STRANGER);
    long known = allocatedBytes(() -> passwords.matches("wrong password", hash, STRANGER));
    long unknown = allocatedBytes(() -> passwords.simulateMatch("wrong password", STRANGER));
    assertThat(known).isGreaterThan(19L << 20);
    assertThat((double) unknown / known).isBetween(0.9, 1.1);
  }

  private static long allocatedBytes(Runnable work) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    work.run();
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}
