package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.web.Problem;

/** From a name and a password to a session, and back out again. */
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
   * Somebody whose name and password are right.
   *
   * @param device their browser, if the account knows it
   */
  record Recognised(AccountPasswords.Checked checked, Optional<UUID> device) {}

  /** A session that has just begun: its token and that of the browser go into cookies. */
  record Begun(String token, String deviceCookie, Account account) {}

  /**
   * Whose name and password these are; empty when they are nobody's. No transaction may be open, because checking a
   * password takes its time on purpose.
   *
   * @param deviceCookie what the browser is known by, or an empty text
   * @throws Problem 429 after too many tries, 503 when too many are checked at this moment
   */
  protected Optional<Recognised> recognise(String name, String password, String deviceCookie) {
    Optional<String> spelled = Account.spelled(name);
    Optional<UUID> device = spelled.flatMap(known -> devices.find(deviceCookie, known));
    SignInLimits.Attempt attempt = limits.count(spelled, identity.address(), device);
    Optional<AccountPasswords.Checked> checked = passwords.check(spelled, password,
        device.isPresent() ? Passwords.Requester.KNOWN : Passwords.Requester.STRANGER);
    checked.ifPresentOrElse(right -> limits.forgive(attempt), () -> noteRefusal(spelled));
    return checked.map(right -> new Recognised(right, device));
  }

  /** What was typed is not written down: people type passwords into the wrong field. */
  private void noteRefusal(Optional<String> name) {
    audit.record("sign_in.refused", "account", name.flatMap(accounts::named).orElse(null), Map.of());
  }

  /**
   * Begins a session under a new token; the one that the browser came with, whoever gave it that, ends. Empty when the
   * password was changed or the account disabled since it was checked.
   */
  @Transactional
  protected Optional<Begun> begin(Recognised recognised, @Nullable String former, String deviceCookie, @Nullable String userAgent) {
    return accounts.welcome(recognised.checked())
        .map(account -> begin(account, recognised.device(), former, deviceCookie, userAgent));
  }

  private Begun begin(Account account, Optional<UUID> device, @Nullable String former, String deviceCookie, @Nullable String userAgent) {
    if (former != null) {
      sessions.replace(former);
    }
    String token = sessions.begin(account.id(), identity.address(), userAgent);
    callers.ofSession(token).ifPresent(caller -> identity.become(caller));
    audit.record("sign_in.done", "account", account.id(), Map.of("known_browser", device.isPresent()));
    return new Begun(token, devices.remember(account.id(), deviceCookie, device), account);
  }

  @Transactional
  protected void end(String token) {
    audit.record("sign_out.done", "account", identity.accountId(), Map.of());
    sessions.endOf(token);
  }
}
