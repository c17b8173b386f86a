package tasktracker.ops;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Map;
import tasktracker.platform.security.Public;
import tasktracker.platform.web.BuildInfo;

/** The health endpoint: status of the product and of each dependency. */
@RequestScoped
@Path("/api/health")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {

  /** {@code status} is {@code ok} or {@code unavailable}; each check is {@code up}, {@code down} or {@code away}. */
  public record Health(String status, Instant timestamp, Map<String, String> checks, BuildInfo build) {}

  private final DependencyChecks checks;

  @Inject
  public HealthResource(DependencyChecks checks) {
    this.checks = checks;
  }

  @GET
  @Public
  public Response health() {
    Map<String, String> answers = checks.run();
    return Response.status(DependencyChecks.isHealthy(answers) ? 200 : 503)
        .entity(new Health(DependencyChecks.status(answers), Instant.now(), answers, BuildInfo.CURRENT)).build();
  }
}
