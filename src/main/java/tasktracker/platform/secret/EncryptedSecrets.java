package tasktracker.platform.secret;

/** A table with encrypted secrets; a bean of the package that owns it. */
public interface EncryptedSecrets {

  /** Whether a secret is not of the first key. */
  boolean hasOutdated();

  /** Encrypts the secrets that are not of the first key anew, in one transaction, and returns how many. */
  int reencrypt();
}
