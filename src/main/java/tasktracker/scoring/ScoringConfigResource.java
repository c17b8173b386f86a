package tasktracker.scoring;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The thresholds and weights of this installation, for programs. */
@RequestScoped
@Path("/api/v1/config/scoring")
@Produces(MediaType.APPLICATION_JSON)
public class ScoringConfigResource {

  /** How much each factor counts. */
  public record Weights(double content, double author, double temporal, double topics) {}

  /** What scoring goes by. */
  public record Answer(double noiseThreshold, double signalThreshold, double contentFloor, double contentCeiling, Weights weights,
      long corrections) {}

  @Inject ScoringConfig config;
  @Inject Corrections corrections;

  @GET
  public Answer scoring() {
    ScoringPolicy w = config.weighing();
    return new Answer(w.noise(), w.signal(), w.contentFloor(), w.contentCeiling(),
        new Weights(w.content(), w.author(), w.temporal(), w.topics()), corrections.count());
  }
}
