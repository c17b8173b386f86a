package tasktracker.platform.security.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tasktracker.platform.security.Identity;
import tasktracker.platform.security.Secrets;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.web.problem.Problem;

/**
 * Authorizes requests for metrics: with METRICS_TOKEN, which needs no database, so that metrics are available during an
 * outage of it, or with an API token of any role. No address is trusted, because behind a proxy on the same machine every
 * request comes from loopback.
 */
@ApplicationScoped
public class MetricsAuthorizer {

  @Inject SecurityConfig config;
  @Inject Callers callers;
  @Inject Identity identity;

  /** @throws Problem 401 */
  public void authorize(HttpServletRequest request) {
    String given = Credentials.bearerOf(request)
        .orElseThrow(() -> refused("Send Authorization: Bearer with the METRICS_TOKEN or an API token."));
    if (!isForMetrics(given) && callers.findByToken(given, identity.address()).isEmpty()) {
      throw refused("This token is neither the METRICS_TOKEN nor an API token that is valid.");
    }
  }

  private boolean isForMetrics(String given) {
    return Optional.ofNullable(config.metricsToken()).filter(token -> Secrets.same(given, token)).isPresent();
  }

  private static Problem refused(String detail) {
    return new Problem(401, "Unauthorized", detail);
  }
}
