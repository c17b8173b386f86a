package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.problem.Problem;

class PasswordStrengthTest {

  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @ValueSource(strings = {"short", "aaaaaaaaaaaaaaaa", "ababababababab", "my-name-is-kevin", "KEVIN2026kevin", "1234567890", "password12",
      "qwertyuiop", "Passw0rd2026", "1qaz2wsx3edc", "iloveyou2026", "TaskTracker2026", "Rodriguez2026",
      "йцукенгшщз", "парольпароль", "Пароль123456", "привіт123456", "qazwsxedcrfv", "admin12345"})
  void aWeakPasswordIsRefused(String weak) {
    assertThatThrownBy(() -> PasswordStrength.require(weak, "kevin", "Kevin Rodriguez")).isInstanceOf(Problem.class)
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(422));
  }

  @ParameterizedTest
  @ValueSource(strings = {"five tall giraffes", "синій жираф на даху", "correct horse battery staple", "x7Qa-kLw9-pp2Z",
      "їжак-жирафа-бачить"})
  void unrelatedWordsAreAccepted(String strong) {
    assertThatCode(() -> PasswordStrength.require(strong, "kevin", "Kevin Rodriguez")).doesNotThrowAnyException();
  }

  @Test
  void theErrorSaysWhatToDo() {
    assertThatThrownBy(() -> PasswordStrength.require("qwertyuiop", "kevin")).hasMessageContaining("Use four or more unrelated words");
  }

  @Test
  void onlyTheBeginningOfALongPasswordIsEstimated() {
    assertThatThrownBy(() -> PasswordStrength.require("abcdefgh".repeat(26), "kevin")).isInstanceOf(Problem.class);
    assertThatCode(() -> PasswordStrength.require("five tall giraffes and " + "x".repeat(170), "kevin")).doesNotThrowAnyException();
  }

  /** Substitutions such as 4 for a are what the estimate is slowest with: 100 of them take 3.3 GB, 200 take 43 GB. */
  @Test
  void theCostDoesNotGrowWithTheLength() {
    String substitutions = new Random(1).ints(200, 0, 28).mapToObj(i -> "4@8({[<36911!|0$5+7%2zae1ios".substring(i, i + 1))
        .collect(Collectors.joining());
    allocated(substitutions.substring(0, 25));
    long[] work = IntStream.of(50, 100, 200).mapToLong(length -> allocated(substitutions.substring(0, length))).toArray();
    assertThat(work[1]).isLessThan(2 * work[0]);
    assertThat(work[2]).isLessThan(2 * work[0]);
  }

  private static long allocated(String password) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    try {
      PasswordStrength.require(password, "kevin");
    } catch (Problem weak) {
      // What it takes to find that out is what counts here.
    }
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}
