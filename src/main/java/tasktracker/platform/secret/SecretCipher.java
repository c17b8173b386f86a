package tasktracker.platform.secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import tasktracker.platform.web.LocalizedMessage;
import tasktracker.platform.web.problem.Problem;

/**
 * Encrypts secrets that are stored, with AES-256 in Galois/Counter Mode. A ciphertext names its key and is bound to the
 * row it is for, so it can be neither changed nor moved to another row. Thread-safe.
 */
@ApplicationScoped
public class SecretCipher {

  /** A ciphertext cannot be decrypted: its key is gone, or it was changed or moved. */
  public static final class SecretUnreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretUnreadable(String message) {
      super(message);
    }
  }

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeys keys;

  /** Fails when {@code SECRET_KEYS} is invalid. */
  @Inject
  public SecretCipher(@ConfigProperty(name = "SECRET_KEYS") Optional<String> setting) {
    this.keys = SecretKeys.parse(setting.orElse(""));
  }

  void check(@Observes Startup event) {
    // The constructor has checked the setting.
  }

  /** Whether there is a key, so that secrets can be stored. */
  public boolean hasKey() {
    return keys.primary().isPresent();
  }

  /**
   * Encrypts a secret with the first key.
   *
   * @param context what the ciphertext belongs to, such as the table and the id of the row; needed to decrypt it
   * @return the id of the key, a colon, and nonce, ciphertext and tag in Base64
   * @throws Problem 409 when there is no key
   */
  public String encrypt(String secret, String context) {
    var primary = keys.primary().orElseThrow(() -> Problem.conflict(LocalizedMessage.of("problem.secret.nokey")));
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] encrypted = apply(Cipher.ENCRYPT_MODE, primary.getValue(), nonce, associated(primary.getKey(), context),
        secret.getBytes(StandardCharsets.UTF_8));
    byte[] stored = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
    System.arraycopy(encrypted, 0, stored, NONCE_BYTES, encrypted.length);
    return primary.getKey() + ":" + Base64.getEncoder().encodeToString(stored);
  }

  /** @throws SecretUnreadable */
  public String decrypt(String stored, String context) {
    String id = keyId(stored);
    SecretKey key = keys.find(id).orElseThrow(() -> new SecretUnreadable("There is no key with the id " + id + " in SECRET_KEYS"));
    byte[] bytes = Base64.getDecoder().decode(stored.substring(id.length() + 1));
    byte[] secret = apply(Cipher.DECRYPT_MODE, key, Arrays.copyOf(bytes, NONCE_BYTES), associated(id, context),
        Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length));
    return new String(secret, StandardCharsets.UTF_8);
  }

  /** Whether the ciphertext is of the first key; others are encrypted anew. */
  public boolean isCurrent(String stored) {
    return keys.primary().filter(primary -> primary.getKey().equals(keyId(stored))).isPresent();
  }

  private static String keyId(String stored) {
    return stored.substring(0, Math.max(0, stored.indexOf(':')));
  }

  private static byte[] associated(String keyId, String context) {
    return (keyId + '\n' + context).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] apply(int mode, SecretKey key, byte[] nonce, byte[] associated, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associated);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new SecretUnreadable("A stored secret was changed, or belongs to another row or key");
    }
  }
}
