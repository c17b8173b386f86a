package tasktracker.platform.metric;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Response times by route template, method and class of status; logs slow requests. */
@ApplicationScoped
public class RequestMetrics {

  private static final System.Logger LOG = System.getLogger(RequestMetrics.class.getName());
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Duration[] BOUNDS = {Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25),
      Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1),
      Duration.ofMillis(2500), Duration.ofSeconds(5), Duration.ofSeconds(10)};

  private final MeterRegistry meters;
  private long slowMs;

  @Inject
  public RequestMetrics(MeterRegistry meters, @ConfigProperty(name = "LOG_SLOW_REQUEST_MS", defaultValue = "1000") long slowMs) {
    this.meters = meters;
    this.slowMs = slowMs;
  }

  /**
   * Records a response and returns its route template. Metrics and log contain neither URL nor parameters, because these may
   * contain search terms.
   */
  public String answered(HttpServletRequest request, int status, long tookNs, String requestId) {
    String route = RouteFilter.of(request);
    String method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
    Timer.builder("tasktracker.http.requests").description("Responses by route template, method and class of status")
        .tag("route", route).tag("method", method).tag("status", status / 100 + "xx")
        .serviceLevelObjectives(BOUNDS).register(meters).record(Duration.ofNanos(tookNs));
    long took = Duration.ofNanos(tookNs).toMillis();
    if (slowMs > 0 && took >= slowMs && !route.equals("/ws") && !route.equals("/live")) {
      LOG.log(Level.WARNING, "Slow request: {0} {1} took {2} ms, status {3} (request {4})", method, route,
          Long.toString(took), Integer.toString(status), requestId);
    }
    return route;
  }
}
