package tasktracker.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready once this node is about to stop. Who stops it makes the file that DRAIN_FILE names and waits a few seconds:
 * the node still serves everything, while the proxy turns to others.
 */
@Readiness
@ApplicationScoped
public class Draining implements HealthCheck {

  @Inject @ConfigProperty(name = "DRAIN_FILE") private Optional<String> file;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("draining").status(file.map(Path::of).filter(Files::exists).isEmpty()).build();
  }
}
