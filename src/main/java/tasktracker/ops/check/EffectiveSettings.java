package tasktracker.ops.check;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import java.util.List;
import java.util.Optional;
import tasktracker.platform.data.Batches;

/** Effective values of settings, their sources and the recommended values. */
@ApplicationScoped
public class EffectiveSettings {

  /** {@code source} is {@code set} or {@code usual}. */
  public record Setting(String name, String value, String source, String recommended) {}

  /** Validates the batch settings at startup instead of on first use. */
  void start(@Observes Startup event) {
    Batches.environment();
  }

  public List<Setting> settings() {
    return List.of(setting(Batches.PROFILE, "balanced", "low (512 MB), balanced (2 GB), high (4 GB+)"),
        batch("INGEST_BATCH_SIZE", Batches.ingest(), "50 / 100 / 100"),
        batch("EMBEDDING_BATCH_SIZE", Batches.embedding(), "50 / 100 / 500"),
        batch("SCORING_BATCH_SIZE", Batches.scoring(), "50 / 100 / 500"),
        setting("VECTOR_SIMILARITY_THRESHOLD", "0.7", "0.6 / 0.7 / 0.85"), setting("VECTOR_SEARCH_LIMIT", "10", "20 / 10 / 5"),
        setting("VECTOR_SEARCH_EFFORT", "100", "10–1000"), setting("VECTOR_INDEX", "hnsw", "hnsw, ivfflat"),
        setting("VECTOR_INDEX_LISTS", "0", "—"), setting("VECTOR_SEARCH_PROBES", "20", "1–1000"), setting("SEARCH_TIMEOUT_MS", "3000", "—"),
        setting("DATABASE_POOL", "20", "5 + 10"), setting("DATABASE_POOL_MIN", "2", "—"),
        setting("DATABASE_POOL_TIMEOUT", "5s", "30s"), setting("DATABASE_POOL_RECYCLE", "30m", "—"));
  }

  private static Setting setting(String name, String defaultValue, String recommended) {
    Optional<String> set = Optional.ofNullable(System.getenv(name)).filter(s -> !s.isBlank());
    return new Setting(name, set.orElse(defaultValue), set.isPresent() ? "set" : "usual", recommended);
  }

  private static Setting batch(String name, int value, String recommended) {
    boolean isSet = Optional.ofNullable(System.getenv(name)).filter(s -> !s.isBlank()).isPresent();
    return new Setting(name, String.valueOf(value), isSet ? "set" : "usual", recommended);
  }
}
