package tasktracker.platform.secret;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys of {@code SECRET_KEYS} by their ids; new secrets are encrypted with the first. */
final class SecretKeys {

  private static final Pattern ENTRY = Pattern.compile("([a-z0-9-]{1,32}):([0-9a-fA-F]{64})");
  private final SequencedMap<String, SecretKey> keys;

  private SecretKeys(SequencedMap<String, SecretKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a list of {@code id:key}, separated by commas, each key of 256 bits in hexadecimal digits.
   *
   * @throws IllegalStateException when it is not such a list; the message does not contain it
   */
  static SecretKeys parse(String setting) {
    SequencedMap<String, SecretKey> keys = new LinkedHashMap<>();
    for (String entry : setting.isBlank() ? new String[0] : setting.split(",")) {
      var parts = ENTRY.matcher(entry.strip());
      if (!parts.matches() || isWeak(parts.group(2)) || keys.put(parts.group(1), key(parts.group(2))) != null) {
        throw new IllegalStateException("SECRET_KEYS is not a list of id:key with different ids and random keys of 64 hexadecimal"
            + " digits, separated by commas; bin/secret-keys makes it");
      }
    }
    return new SecretKeys(keys);
  }

  /** A key that is a repeated pattern was typed, not generated. */
  private static boolean isWeak(String hex) {
    return hex.chars().distinct().count() < 8;
  }

  private static SecretKey key(String hex) {
    return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
  }

  /** Id and key for new secrets; empty when there are no keys. */
  Optional<Map.Entry<String, SecretKey>> primary() {
    return Optional.ofNullable(keys.firstEntry());
  }

  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }
}
