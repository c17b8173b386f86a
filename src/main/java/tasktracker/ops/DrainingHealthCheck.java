package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import tasktracker.platform.live.DrainSignal;

/** Readiness check that fails while this node is draining. */
@Readiness
@ApplicationScoped
public class DrainingHealthCheck implements HealthCheck {

  @Inject private DrainSignal drain;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("draining").status(!drain.isAnnounced()).build();
  }
}
