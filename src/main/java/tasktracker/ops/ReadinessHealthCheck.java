package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when a page could be shown and work is taken: not any more when the server begins to stop. */
@Readiness
@ApplicationScoped
public class ReadinessHealthCheck implements HealthCheck {

  @Inject private DependencyChecks checks;

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("task-tracker");
    Map<String, String> answers = checks.all();
    answers.forEach(response::withData);
    return response.status(DependencyChecks.isWell(answers)).build();
  }
}
