package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The settings of search. The server does not start if a value is out of range. */
@ApplicationScoped
public class SearchConfig {

  private int defaultLimit;
  private double minimumSimilarity;
  private int efSearch;
  private int probes;
  private int timeoutMillis;

  /**
   * @param defaultLimit the default number of results
   * @param minimumSimilarity the default similarity threshold, 0 to 1
   * @param efSearch the size of the candidate list of an HNSW index ({@code hnsw.ef_search})
   * @param probes the number of lists of an IVFFlat index that are searched ({@code ivfflat.probes})
   * @param timeoutMillis the timeout of a search in milliseconds
   */
  @Inject
  public SearchConfig(
      @ConfigProperty(name = "vector.search.limit", defaultValue = "10") int defaultLimit,
      @ConfigProperty(name = "vector.similarity.threshold", defaultValue = "0.7") double minimumSimilarity,
      @ConfigProperty(name = "vector.search.effort", defaultValue = "100") int efSearch,
      @ConfigProperty(name = "vector.search.probes", defaultValue = "20") int probes,
      @ConfigProperty(name = "search.timeout.ms", defaultValue = "3000") int timeoutMillis) {
    this.defaultLimit = (int) validate("VECTOR_SEARCH_LIMIT", defaultLimit, 1, 100);
    this.minimumSimilarity = validate("VECTOR_SIMILARITY_THRESHOLD", minimumSimilarity, 0, 1);
    this.efSearch = (int) validate("VECTOR_SEARCH_EFFORT", efSearch, 10, 1000);
    this.probes = (int) validate("VECTOR_SEARCH_PROBES", probes, 1, 1000);
    this.timeoutMillis = (int) validate("SEARCH_TIMEOUT_MS", timeoutMillis, 100, 60_000);
  }

  private static double validate(String name, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalStateException(name + " is " + value + "; it must be from " + from + " to " + to);
    }
    return value;
  }

  int defaultLimit() {
    return defaultLimit;
  }

  double minimumSimilarity() {
    return minimumSimilarity;
  }

  int efSearch() {
    return efSearch;
  }

  int probes() {
    return probes;
  }

  int timeoutMillis() {
    return timeoutMillis;
  }
}
