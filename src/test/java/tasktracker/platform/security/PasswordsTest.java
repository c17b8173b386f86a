package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tasktracker.platform.security.Passwords.Requester.STRANGER;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import org.junit.jupiter.api.Test;
import tasktracker.platform.web.Problem;

class PasswordsTest {

  private final Passwords passwords = new Passwords();

  @Test
  void olenaIsKnownByHerPasswordAndNobodyByAnother() {
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
  void aHashWithFormerParametersStillOpensAndIsReplaced() {
    String former = Argon2Function.getInstance(4096, 1, 1, 32, Argon2.ID, 19).hash("correct horse battery").getResult();
    assertThat(passwords.matches("correct horse battery", former, STRANGER)).isTrue();
    String better = passwords.better("correct horse battery", former, STRANGER);
    assertThat(passwords.matches("correct horse battery", better, STRANGER)).isTrue();
    assertThat(passwords.better("correct horse battery", better, STRANGER)).isNull();
  }

  @Test
  void aLetterTypedAsTwoCodePointsIsTheSameLetter() {
    String hash = passwords.hash("їжак-їжак-їжак");
    assertThat(passwords.matches("їжак-їжак-їжак", hash, STRANGER)).isTrue();
  }

  @Test
  void aNewPasswordThatIsEasyToGuessIsNotHashed() {
    assertThatThrownBy(() -> passwords.hashStrong("qwertyuiop", "kevin")).isInstanceOf(Problem.class);
    assertThat(passwords.hashStrong("five tall giraffes", "kevin", "Kevin")).startsWith("$argon2id$");
  }

  @Test
  void aPasswordLongerThanAnybodyTypesIsNotEvenHashed() {
    assertThat(passwords.matches("x".repeat(100_000), passwords.hash("correct horse battery"), STRANGER)).isFalse();
  }

  /** The quickest of seven in turns, which other work on this machine disturbs least. */
  @Test
  void aNameThatNobodyHasTakesAboutAsLong() {
    String hash = passwords.hash("correct horse battery");
    passwords.pretendToMatch("warm", STRANGER);
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      known = Math.min(known, nanos(() -> passwords.matches("wrong password", hash, STRANGER)));
      unknown = Math.min(unknown, nanos(() -> passwords.pretendToMatch("wrong password", STRANGER)));
    }
    assertThat((double) unknown / known).isBetween(0.3, 3.0);
  }

  private static long nanos(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return System.nanoTime() - before;
  }
}
