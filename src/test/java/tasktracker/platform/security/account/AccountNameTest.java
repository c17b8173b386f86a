package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.problem.Problem;

class AccountNameTest {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void aNameIsFoundInEverySpelling() {
    assertThat(Account.normalizeName(" Olena ")).contains("olena");
    assertThat(Account.normalizeName("й".repeat(100))).as("typed as two code points each").contains("й".repeat(100));
  }

  @Test
  void anOverlongNameIsNotLookedUp() {
    assertThat(Account.normalizeName("o".repeat(101))).isEmpty();
    assertThat(Account.normalizeName("\uFDFA".repeat(6))).as("108 characters once they are normalized").isEmpty();
    assertThatThrownBy(() -> Account.signInName("o".repeat(101))).isInstanceOf(Problem.class);
  }

  /** U+FDFA is one character that normalization makes eighteen of. */
  @Test
  void aLongNameIsNotNormalized() {
    allocatedBytes(1000);
    assertThat(IntStream.of(50_000, 100_000, 200_000, 400_000).mapToLong(AccountNameTest::allocatedBytes).max().orElseThrow())
        .isLessThan(10_000);
  }

  private static long allocatedBytes(int length) {
    String name = "\uFDFA".repeat(length);
    long before = THREAD.getCurrentThreadAllocatedBytes();
    assertThat(Account.normalizeName(name).isEmpty()).isTrue();
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}
