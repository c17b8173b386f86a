package tasktracker.platform.security;

import java.util.UUID;
import tasktracker.platform.web.Preferences;

/**
 * Who asks, as of a moment ago.
 *
 * @param accountId the account, or the account that a token belongs to
 * @param name sign-in name; of a token {@code name/token}
 * @param role what is allowed: of a token never more than its account may, but for the one of ADMIN_TOKEN
 * @param credentialId the session or the token
 * @param managesAccounts whether accounts, sessions and tokens may be acted on: sessions of administrators may, and
 *     tokens of administrators that were made for it
 */
public record Caller(UUID accountId, String name, String displayName, Role role, How how, UUID credentialId,
    Preferences preferences, boolean managesAccounts) {

  /** By which means somebody proves who they are. */
  public enum How {
    SESSION, TOKEN;

    public String wire() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
