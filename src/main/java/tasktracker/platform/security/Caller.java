package tasktracker.platform.security;

import java.util.UUID;
import tasktracker.platform.web.Preferences;

/**
 * The authenticated caller of a request.
 *
 * @param accountId the account, or the account of the token
 * @param name sign-in name; {@code name/token} for a token
 * @param role the role; for a token at most the role of its account, except for ADMIN_TOKEN
 * @param credentialId id of the session or token
 * @param managesAccounts true when the caller may manage accounts, sessions and tokens: sessions of administrators, and
 *     their tokens with that scope
 */
public record Caller(UUID accountId, String name, String displayName, Role role, How how, UUID credentialId,
    Preferences preferences, boolean managesAccounts) {

  /** The kind of credential. */
  public enum How {
    SESSION, TOKEN;

    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
