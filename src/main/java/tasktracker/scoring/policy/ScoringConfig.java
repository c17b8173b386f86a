package tasktracker.scoring.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The thresholds and weights of this installation. The server does not start if they are invalid. */
@ApplicationScoped
public class ScoringConfig {

  private final ScoringPolicy policy;

  @Inject
  public ScoringConfig(
      @ConfigProperty(name = "NOISE_THRESHOLD", defaultValue = "0.3") double noise,
      @ConfigProperty(name = "SIGNAL_THRESHOLD", defaultValue = "0.7") double signal,
      @ConfigProperty(name = "CONTENT_FLOOR", defaultValue = "0.3") double contentFloor,
      @ConfigProperty(name = "CONTENT_CEILING", defaultValue = "0.7") double contentCeiling,
      @ConfigProperty(name = "SCORE_WEIGHT_CONTENT", defaultValue = "0.4") double content,
      @ConfigProperty(name = "SCORE_WEIGHT_AUTHOR", defaultValue = "0.2") double author,
      @ConfigProperty(name = "SCORE_WEIGHT_TEMPORAL", defaultValue = "0.2") double temporal,
      @ConfigProperty(name = "SCORE_WEIGHT_TOPICS", defaultValue = "0.2") double topics) {
    policy = new ScoringPolicy(noise, signal, contentFloor, contentCeiling, content, author, temporal, topics);
  }

  /** The weights and thresholds of the settings. */
  public ScoringPolicy policy() {
    return policy;
  }
}
