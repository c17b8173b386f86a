package tasktracker.scoring.policy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import tasktracker.scoring.correction.Corrections;

/** A REST endpoint that returns the thresholds and weights of this installation. */
@RequestScoped
@Path("/api/v1/config/scoring")
@Produces(MediaType.APPLICATION_JSON)
public class ScoringConfigResource {

  /** The weight of each factor. */
  public record Weights(double content, double author, double temporal, double topics) {}

  /** The configuration of scoring and the number of active corrections. */
  public record Answer(double noiseThreshold, double signalThreshold, double contentFloor, double contentCeiling, Weights weights,
      long corrections) {}

  @Inject ScoringConfig config;
  @Inject Corrections corrections;

  @GET
  public Answer scoring() {
    ScoringPolicy w = config.policy();
    return new Answer(w.noise(), w.signal(), w.contentFloor(), w.contentCeiling(),
        new Weights(w.content(), w.author(), w.temporal(), w.topics()), corrections.count());
  }
}
