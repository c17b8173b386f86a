package tasktracker.platform.security.session;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.access.Callers;
import tasktracker.platform.security.account.Account;
import tasktracker.platform.security.account.AccountPasswords;
import tasktracker.platform.security.account.Accounts;
import tasktracker.platform.security.account.Passwords;
import tasktracker.platform.security.audit.Audit;
import tasktracker.platform.web.problem.Problem;

/** Signs users in and out. */
@ApplicationScoped
public class SignIn {

  @Inject Accounts accounts;
  @Inject AccountPasswords passwords;
  @Inject Sessions sessions;
  @Inject KnownDevices devices;
  @Inject Callers callers;
  @Inject SignInLimits limits;
  @Inject Identity identity;
  @Inject Audit audit;

  /**
   * A verified name and password.
   *
   * @param device the device, if it is known
   */
  record VerifiedSignIn(AccountPasswords.Checked checked, Optional<UUID> device) {}

  /** A new session, with the tokens of the session and of the device for the cookies. */
  record StartedSession(String token, String deviceCookie, Account account) {}

  /**
   * Verifies a name and a password; empty when they are wrong. No transaction may be open, because checking a password is
   * slow by design.
   *
   * @param deviceCookie the device cookie, or an empty string
   * @throws Problem 429 after too many attempts, 503 when the queue for hashing is full
   */
  protected Optional<VerifiedSignIn> verify(String name, String password, String deviceCookie) {
    Optional<String> spelled = Account.normalizeName(name);
    Optional<UUID> device = spelled.flatMap(known -> devices.find(deviceCookie, known));
    SignInLimits.Attempt attempt = limits.count(spelled, identity.address(), device);
    Optional<AccountPasswords.Checked> checked = passwords.check(spelled, password,
        device.isPresent() ? Passwords.Requester.KNOWN : Passwords.Requester.STRANGER);
    checked.ifPresentOrElse(right -> limits.refund(attempt), () -> auditRefusal(spelled));
    return checked.map(right -> new VerifiedSignIn(right, device));
  }

  /** The typed name is not recorded, because people type passwords into the wrong field. */
  private void auditRefusal(Optional<String> name) {
    audit.record("sign_in.refused", "account", name.flatMap(accounts::findId).orElse(null), Map.of());
  }

  /**
   * Starts a session with a new token, and ends the one that the request came with. Empty when the password was changed or
   * the account disabled since the check.
   */
  @Transactional
  protected Optional<StartedSession> begin(VerifiedSignIn verified, @Nullable String previousToken, String deviceCookie,
      @Nullable String userAgent) {
    return accounts.recordSignIn(verified.checked())
        .map(account -> begin(account, verified.device(), previousToken, deviceCookie, userAgent));
  }

  private StartedSession begin(Account account, Optional<UUID> device, @Nullable String previousToken, String deviceCookie,
      @Nullable String userAgent) {
    if (previousToken != null) {
      sessions.replace(previousToken);
    }
    String token = sessions.begin(account.id(), identity.address(), userAgent);
    callers.trust(token);
    callers.findBySession(token, identity.address()).ifPresent(caller -> identity.setCaller(caller));
    audit.record("sign_in.done", "account", account.id(), Map.of("known_browser", device.isPresent()));
    return new StartedSession(token, devices.register(account.id(), deviceCookie, device), account);
  }

  @Transactional
  protected void end(String token) {
    audit.record("sign_out.done", "account", identity.accountId(), Map.of());
    sessions.endByToken(token);
  }
}
