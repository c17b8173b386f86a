package tasktracker.platform.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.secret.SecretCipher.SecretUnreadable;
import tasktracker.platform.web.problem.Problem;

class SecretCipherTest {

  private static final String OLD = "old:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
  private static final String NEW = "new:f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffe0e1e2e3e4e5e6e7e8e9eaebecedeeef";
  private final SecretCipher cipher = cipher(OLD);

  private static SecretCipher cipher(String keys) {
    return new SecretCipher(Optional.of(keys));
  }

  @Test
  void aSecretComesBackAndIsNeverTheSameTwice() {
    String stored = cipher.encrypt("sk-ключ", "provider 1");
    assertThat(stored).startsWith("old:").doesNotContain("sk-");
    assertThat(cipher.decrypt(stored, "provider 1")).isEqualTo("sk-ключ");
    assertThat(cipher.encrypt("sk-ключ", "provider 1")).isNotEqualTo(stored);
  }

  @Test
  void aCiphertextOfAnotherRowIsRefused() {
    String stored = cipher.encrypt("sk-1", "provider 1");
    assertThatThrownBy(() -> cipher.decrypt(stored, "provider 2")).isInstanceOf(SecretUnreadable.class).hasMessageNotContaining("sk-1");
  }

  @Test
  void aChangedCiphertextIsRefused() {
    String stored = cipher.encrypt("sk-1", "provider 1");
    char last = stored.charAt(10);
    String changed = stored.substring(0, 10) + (last == 'A' ? 'B' : 'A') + stored.substring(11);
    assertThatThrownBy(() -> cipher.decrypt(changed, "provider 1")).isInstanceOf(SecretUnreadable.class);
  }

  @Test
  void rotationKeepsOldSecretsReadable() {
    String stored = cipher.encrypt("sk-1", "provider 1");
    SecretCipher rotated = cipher(NEW + "," + OLD);
    assertThat(rotated.decrypt(stored, "provider 1")).isEqualTo("sk-1");
    assertThat(rotated.isCurrent(stored)).isFalse();
    String again = rotated.encrypt("sk-1", "provider 1");
    assertThat(rotated.isCurrent(again)).isTrue();
    assertThat(cipher(OLD + "," + NEW).decrypt(again, "provider 1")).isEqualTo("sk-1");
  }

  @Test
  void aSecretOfADroppedKeyIsUnreadable() {
    String stored = cipher.encrypt("sk-1", "provider 1");
    assertThatThrownBy(() -> cipher(NEW).decrypt(stored, "provider 1")).isInstanceOf(SecretUnreadable.class).hasMessageContaining("old");
  }

  @Test
  void withoutAKeyNothingIsStored() {
    SecretCipher none = new SecretCipher(Optional.empty());
    assertThat(none.hasKey()).isFalse();
    assertThatThrownBy(() -> none.encrypt("sk-1", "provider 1")).isInstanceOf(Problem.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"typed-by-hand", "k1:abc", "k1:0000000000000000000000000000000000000000000000000000000000000000",
      "k 1:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"})
  void invalidKeysPreventTheStartAndAreNotTold(String setting) {
    assertThatThrownBy(() -> cipher(setting)).isInstanceOf(IllegalStateException.class).hasMessageContaining("SECRET_KEYS")
        .hasMessageNotContaining(setting);
    assertThatThrownBy(() -> cipher(OLD + "," + OLD)).isInstanceOf(IllegalStateException.class);
  }
}
