package tasktracker.platform.data;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Batch sizes of bulk work in one transaction, by available memory: BATCH_PROFILE is low, balanced or high; single sizes
 * override it. Read once; an invalid value prevents the server from starting.
 */
public record Batches(int ingestSize, int embeddingSize, int scoringSize) {

  public static final String PROFILE = "BATCH_PROFILE";
  private static final int MAX_SIZE = 2048;
  private static final Map<String, Batches> PROFILES = Map.of("low", new Batches(50, 50, 50),
      "balanced", new Batches(100, 100, 100), "high", new Batches(100, 500, 500));

  private static final class Current {
    static final Batches SIZES = environment();
  }

  /** The sizes of the environment. @throws IllegalStateException naming the valid values when a setting is invalid */
  public static Batches environment() {
    return of(name -> Optional.ofNullable(System.getenv(name)));
  }

  static Batches of(Function<String, Optional<String>> settings) {
    String profile = settings.apply(PROFILE).map(String::strip).filter(s -> !s.isEmpty()).orElse("balanced");
    Batches defaultSize = PROFILES.get(profile);
    if (defaultSize == null) {
      throw new IllegalStateException(PROFILE + " is " + profile + "; it can be low, balanced or high");
    }
    return new Batches(size(settings, "INGEST_BATCH_SIZE", defaultSize.ingestSize),
        size(settings, "EMBEDDING_BATCH_SIZE", defaultSize.embeddingSize),
        size(settings, "SCORING_BATCH_SIZE", defaultSize.scoringSize));
  }

  private static int size(Function<String, Optional<String>> settings, String name, int defaultSize) {
    String given = settings.apply(name).map(String::strip).filter(s -> !s.isEmpty()).orElse(String.valueOf(defaultSize));
    if (!given.matches("\\d{1,5}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > MAX_SIZE) {
      throw new IllegalStateException(name + " is " + given + "; it can be a whole number from 1 to " + MAX_SIZE);
    }
    return Integer.parseInt(given);
  }

  /** Number of lines of a file that one transaction stores. */
  public static int ingest() {
    return Current.SIZES.ingestSize;
  }

  /** Number of messages whose vectors one transaction stores. */
  public static int embedding() {
    return Current.SIZES.embeddingSize;
  }

  /** Number of messages that one transaction scores. */
  public static int scoring() {
    return Current.SIZES.scoringSize;
  }
}
