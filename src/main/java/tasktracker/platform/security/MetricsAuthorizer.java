package tasktracker.platform.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import tasktracker.platform.web.Problem;

/**
 * Who may read the metrics: whoever carries METRICS_TOKEN, which is checked without a database, so that metrics tell of
 * its absence; and programs with a token of their own, of any role. No address is trusted: behind a proxy on the same
 * machine everybody comes from loopback.
 */
@ApplicationScoped
public class MetricsAuthorizer {

  @Inject SecurityConfig config;
  @Inject Callers callers;
  @Inject Identity identity;

  /** @throws Problem 401 */
  public void admit(HttpServletRequest request) {
    String given = Credentials.bearerOf(request).orElseThrow(() -> refused("Send Authorization: Bearer with the METRICS_TOKEN or an API token."));
    if (!isForMetrics(given) && callers.ofToken(given, identity.address()).isEmpty()) {
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
