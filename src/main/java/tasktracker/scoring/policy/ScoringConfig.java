package tasktracker.scoring.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The thresholds and weights of this installation: those of the environment, and those in force. The server does not start
 * if they are invalid.
 */
@ApplicationScoped
public class ScoringConfig {

  private static final Duration CACHE_TIME = Duration.ofMillis(400);
  private final ScoringPolicy environment;
  private final Supplier<ScoringPolicy> inForce;

  @Inject
  public ScoringConfig(ScoringPolicyStore store,
      @ConfigProperty(name = "NOISE_THRESHOLD", defaultValue = "0.3") double noise,
      @ConfigProperty(name = "SIGNAL_THRESHOLD", defaultValue = "0.7") double signal,
      @ConfigProperty(name = "CONTENT_FLOOR", defaultValue = "0.3") double contentFloor,
      @ConfigProperty(name = "CONTENT_CEILING", defaultValue = "0.7") double contentCeiling,
      @ConfigProperty(name = "SCORE_WEIGHT_CONTENT", defaultValue = "0.4") double content,
      @ConfigProperty(name = "SCORE_WEIGHT_AUTHOR", defaultValue = "0.2") double author,
      @ConfigProperty(name = "SCORE_WEIGHT_TEMPORAL", defaultValue = "0.2") double temporal,
      @ConfigProperty(name = "SCORE_WEIGHT_TOPICS", defaultValue = "0.2") double topics) {
    environment = new ScoringPolicy(noise, signal, contentFloor, contentCeiling, content, author, temporal, topics);
    // A score is stored, so it is never made by a value that could not be loaded.
    LoadingCache<String, ScoringPolicy> current = Caffeine.newBuilder().expireAfterWrite(CACHE_TIME)
        .build(key -> store.getCurrent().policy());
    inForce = () -> current.get("");
  }

  /** A policy that never changes. */
  public ScoringConfig(double noise, double signal, double contentFloor, double contentCeiling, double content, double author,
      double temporal, double topics) {
    environment = new ScoringPolicy(noise, signal, contentFloor, contentCeiling, content, author, temporal, topics);
    inForce = () -> environment;
  }

  /** The policy in force; half a second after a change on another node it may still be the former one. */
  public ScoringPolicy policy() {
    return inForce.get();
  }

  /** The policy of the settings. */
  public ScoringPolicy environment() {
    return environment;
  }
}
