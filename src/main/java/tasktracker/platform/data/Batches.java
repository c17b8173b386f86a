package tasktracker.platform.data;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How much one transaction of bulk work takes at once, by the memory there is: BATCH_PROFILE is low, balanced or high;
 * a single size overrides it. Read once; a value that makes no sense keeps the server from starting.
 */
public record Batches(int ingestSize, int embeddingSize, int scoringSize) {

  public static final String PROFILE = "BATCH_PROFILE";
  private static final int MOST = 2048;
  private static final Map<String, Batches> PROFILES = Map.of("low", new Batches(50, 50, 50),
      "balanced", new Batches(100, 100, 100), "high", new Batches(100, 500, 500));

  private static final class InForce {
    static final Batches SIZES = environment();
  }

  /** As the environment says. @throws IllegalStateException that says what may be set */
  public static Batches environment() {
    return of(name -> Optional.ofNullable(System.getenv(name)));
  }

  static Batches of(Function<String, Optional<String>> settings) {
    String profile = settings.apply(PROFILE).map(String::strip).filter(s -> !s.isEmpty()).orElse("balanced");
    Batches usual = PROFILES.get(profile);
    if (usual == null) {
      throw new IllegalStateException(PROFILE + " is " + profile + "; it can be low, balanced or high");
    }
    return new Batches(size(settings, "INGEST_BATCH_SIZE", usual.ingestSize), size(settings, "EMBEDDING_BATCH_SIZE", usual.embeddingSize),
        size(settings, "SCORING_BATCH_SIZE", usual.scoringSize));
  }

  private static int size(Function<String, Optional<String>> settings, String name, int usual) {
    String given = settings.apply(name).map(String::strip).filter(s -> !s.isEmpty()).orElse(String.valueOf(usual));
    if (!given.matches("\\d{1,5}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > MOST) {
      throw new IllegalStateException(name + " is " + given + "; it can be a whole number from 1 to " + MOST);
    }
    return Integer.parseInt(given);
  }

  /** Lines of a file that one transaction stores. */
  public static int ingest() {
    return InForce.SIZES.ingestSize;
  }

  /** Messages whose vectors one transaction stores. */
  public static int embedding() {
    return InForce.SIZES.embeddingSize;
  }

  /** Messages that one transaction scores. */
  public static int scoring() {
    return InForce.SIZES.scoringSize;
  }
}
