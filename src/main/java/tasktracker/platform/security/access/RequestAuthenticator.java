package tasktracker.platform.security.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import tasktracker.platform.security.Caller;
import tasktracker.platform.security.RateLimits;
import tasktracker.platform.security.SignInRequired;
import tasktracker.platform.security.request.ClientNetwork;
import tasktracker.platform.web.problem.Problem;

/** Authenticates the credentials of a request. Thread-safe. */
@ApplicationScoped
public class RequestAuthenticator {

  @Inject Callers callers;
  @Inject RateLimits limits;

  /**
   * Finds the caller; empty without credentials, for a session that has ended, and for a session that is not looked up after
   * too many invalid ones from the address.
   *
   * @throws SignInRequired for an invalid token, so that a program gets an error and not the public view
   * @throws Problem 429 after too many invalid tokens from the address
   */
  public Optional<Caller> authenticate(Credentials credentials, String address) {
    if (credentials.bearer() != null) {
      return Optional.of(findProgram(credentials.bearer(), address));
    }
    return Optional.ofNullable(credentials.session()).flatMap(session -> findPerson(session, address));
  }

  /** A user who shares an address with a flood of invalid sessions can still sign in. */
  private Optional<Caller> findPerson(String session, String address) {
    try {
      return callers.findBySession(session, address);
    } catch (Problem tooManyWrong) {
      return Optional.empty();
    }
  }

  private Caller findProgram(String token, String address) {
    return callers.findByToken(token, address)
        .orElseThrow(() -> new SignInRequired("This token is not valid: it is wrong, has expired or was revoked."));
  }

  /**
   * Counts a request.
   *
   * @throws Problem 429
   */
  protected void count(Optional<Caller> caller, String address) {
    caller.ifPresentOrElse(c -> limits.consume(isProgram(c) ? RateLimits.Limit.PROGRAM : RateLimits.Limit.PERSON, keyOf(c)),
        () -> limits.consume(RateLimits.Limit.VISITOR, ClientNetwork.of(address)));
  }

  static boolean isProgram(Caller caller) {
    return caller.how() == Caller.How.TOKEN;
  }

  /** The key of rate limits: the account, or the token. */
  public static String keyOf(Caller caller) {
    return (isProgram(caller) ? caller.credentialId() : caller.accountId()).toString();
  }
}
