package tasktracker.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.account.Passwords;

/** Generates, hashes and compares random secrets. For passwords see {@link Passwords}. */
public final class Secrets {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  private Secrets() {}

  /** 256 random bits in URL-safe Base64. */
  public static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return base64(bytes);
  }

  /**
   * SHA-256 of a secret, to be stored instead of it. A slow hash is not needed for 256 random bits.
   */
  public static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Derives a secret by a one-way function. */
  static String derived(String purpose, String secret) {
    return base64(hash(purpose + ':' + secret));
  }

  /** Compares in constant time; null never matches. */
  public static boolean same(@Nullable String given, @Nullable String expected) {
    return given != null && expected != null && MessageDigest.isEqual(hash(given), hash(expected));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
