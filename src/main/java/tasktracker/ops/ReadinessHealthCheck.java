package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check: the dependencies are up and workers accept jobs. It fails as soon as the server begins to stop. */
@Readiness
@ApplicationScoped
public class ReadinessHealthCheck implements HealthCheck {

  @Inject private DependencyChecks checks;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("task-tracker");
    Map<String, String> answers = checks.run();
    answers.forEach(response::withData);
    return response.status(DependencyChecks.isHealthy(answers)).build();
  }
}
