package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when a page could be shown. */
@Readiness
@ApplicationScoped
public class Ready implements HealthCheck {

  @Inject private Checks checks;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("task-tracker");
    checks.all().forEach(response::withData);
    return response.status(checks.database()).build();
  }
}
