package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tasktracker.platform.web.Problem;
import tasktracker.platform.web.ViewWriter;

/** Finds out who knocks, and counts how often. */
@ApplicationScoped
public class Entry {

  private static final String BEARER = "Bearer ";
  private static final Set<String> FOR_VISITORS = Set.of("/sign-in", "/preferences");
  private static final Set<String> SEARCHES = Set.of("/search", "/api/v1/search");

  @Inject Identity identity;
  @Inject Callers callers;
  @Inject RateLimits limits;

  /**
   * Fills in the {@link Identity}.
   *
   * @throws Problem 401 for a token that is not valid, 429 for too many requests
   */
  protected void identify(HttpServletRequest request, HttpServletResponse response) {
    // Before the database is asked: that it does not answer is told in the language of the browser's last page.
    request.setAttribute(ViewWriter.PREFERENCES, Cookies.preferences(request));
    Optional<String> bearer = bearer(request);
    if (bearer.isPresent()) {
      identity.become(program(bearer.get()), "");
    } else {
      Cookies.read(request, Cookies.SESSION).ifPresent(cookie -> callers.ofSession(cookie)
          .ifPresent(caller -> identity.become(caller, Csrf.tokenOf(cookie))));
    }
    if (isVisitor(request)) {
      identity.become(null, Csrf.tokenOf(visitor(request, response)));
    }
    identity.caller().filter(c -> c.how() == Caller.How.SESSION).map(Caller::preferences)
        .ifPresent(own -> request.setAttribute(ViewWriter.PREFERENCES, own));
  }

  static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(h -> h.regionMatches(true, 0, BEARER, 0, BEARER.length())).map(h -> h.substring(BEARER.length()).strip());
  }

  private Caller program(String token) {
    return callers.ofToken(token, identity.address()).orElseThrow(() -> {
      limits.spend(RateLimits.Limit.WRONG_TOKEN, identity.address());
      return new Problem(401, "Sign in first", "This token is not valid: it is wrong, has run out or was revoked.");
    });
  }

  private boolean isVisitor(HttpServletRequest request) {
    return !identity.isSignedIn() && FOR_VISITORS.contains(request.getRequestURI());
  }

  private static String visitor(HttpServletRequest request, HttpServletResponse response) {
    return Cookies.read(request, Cookies.VISITOR).orElseGet(() -> {
      String fresh = Secrets.random();
      Cookies.set(request, response, Cookies.VISITOR, fresh, Duration.ofHours(12));
      return fresh;
    });
  }

  /** @throws Problem 429 */
  protected void count(HttpServletRequest request) {
    identity.caller().ifPresentOrElse(caller -> count(request, caller),
        () -> limits.spend(RateLimits.Limit.VISITOR, identity.address()));
  }

  private void count(HttpServletRequest request, Caller caller) {
    boolean program = caller.how() == Caller.How.TOKEN;
    String key = (program ? caller.credentialId() : caller.accountId()).toString();
    limits.spend(program ? RateLimits.Limit.PROGRAM : RateLimits.Limit.PERSON, key);
    if (SEARCHES.contains(request.getRequestURI())) {
      limits.spend(RateLimits.Limit.SEARCH, key);
    }
    if (Door.isUpgrade(request)) {
      limits.spend(RateLimits.Limit.SOCKET, key);
    }
  }
}
