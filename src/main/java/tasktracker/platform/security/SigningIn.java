package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tasktracker.platform.security.RateLimits.Limit;
import tasktracker.platform.web.Problem;

/** From a name and a password to a session, and back out again. */
@ApplicationScoped
public class SigningIn {

  @Inject Accounts accounts;
  @Inject Sessions sessions;
  @Inject Callers callers;
  @Inject RateLimits limits;
  @Inject Identity identity;
  @Inject Audit audit;

  /** A session that has just begun: its token goes into the cookie. */
  record Begun(String token, Account account) {}

  /**
   * Whose name and password these are; empty when they are nobody's.
   *
   * @throws Problem 429 after too many tries for this name or from this address
   */
  protected Optional<UUID> recognise(String name, String password) {
    String spelled = Account.spelled(name);
    limits.spend(Limit.SIGN_IN_ADDRESS, identity.address());
    limits.spend(Limit.SIGN_IN_NAME, spelled);
    Optional<UUID> account = accounts.recognise(name, password);
    account.ifPresentOrElse(known -> forgive(spelled), () -> noteRefusal(spelled));
    return account;
  }

  /** What was typed is not written down: people type passwords into the wrong field. */
  private void noteRefusal(String name) {
    audit.record("sign_in.refused", "account", accounts.named(name).orElse(null), Map.of());
  }

  private void forgive(String name) {
    limits.giveBack(Limit.SIGN_IN_NAME, name);
    limits.giveBack(Limit.SIGN_IN_ADDRESS, identity.address());
  }

  /** Begins a session under a new token; the one that the browser came with, whoever gave it that, ends. */
  @Transactional
  protected Begun begin(UUID id, String password, @Nullable String former, @Nullable String userAgent) {
    Account account = accounts.welcome(id, password);
    if (former != null) {
      sessions.endOf(former);
    }
    String token = sessions.begin(id, identity.address(), userAgent);
    callers.ofSession(token).ifPresent(caller -> identity.become(caller));
    audit.record("sign_in.done", "account", id, Map.of());
    return new Begun(token, account);
  }

  @Transactional
  protected void end(String token) {
    audit.record("sign_out.done", "account", identity.accountId(), Map.of());
    sessions.endOf(token);
  }
}
