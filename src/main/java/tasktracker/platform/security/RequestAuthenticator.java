package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import tasktracker.platform.web.Problem;

/** Finds out who asks, from the credentials of a request. Safe for use by many threads. */
@ApplicationScoped
public class RequestAuthenticator {

  @Inject Callers callers;
  @Inject RateLimits limits;

  /**
   * The caller with these credentials; empty without any, for a session that has ended, and for one that is not looked up
   * after too many wrong ones from the address.
   *
   * @throws SignInRequired for a token that is not valid: a program is told so rather than taken for a visitor
   * @throws Problem 429 after too many of those from the address
   */
  protected Optional<Caller> authenticate(Credentials credentials, String address) {
    if (credentials.bearer() != null) {
      return Optional.of(program(credentials.bearer(), address));
    }
    return Optional.ofNullable(credentials.session()).flatMap(session -> person(session, address));
  }

  /** Whoever shares an address with a flood of invented sessions can still sign in. */
  private Optional<Caller> person(String session, String address) {
    try {
      return callers.ofSession(session, address);
    } catch (Problem tooManyWrong) {
      return Optional.empty();
    }
  }

  private Caller program(String token, String address) {
    return callers.ofToken(token, address)
        .orElseThrow(() -> new SignInRequired("This token is not valid: it is wrong, has expired or was revoked."));
  }

  /**
   * Counts a request.
   *
   * @throws Problem 429
   */
  protected void count(Optional<Caller> caller, String address) {
    caller.ifPresentOrElse(c -> limits.spend(isProgram(c) ? RateLimits.Limit.PROGRAM : RateLimits.Limit.PERSON, keyOf(c)),
        () -> limits.spend(RateLimits.Limit.VISITOR, ClientNetwork.of(address)));
  }

  static boolean isProgram(Caller caller) {
    return caller.how() == Caller.How.TOKEN;
  }

  /** Whose requests are counted together: an account's, or a token's. */
  public static String keyOf(Caller caller) {
    return (isProgram(caller) ? caller.credentialId() : caller.accountId()).toString();
  }
}
