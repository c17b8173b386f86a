package tasktracker.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What an operator may set about searching; every number has its range. */
@ApplicationScoped
public class SearchConfig {

  private int results;
  private double similarity;
  private int effort;
  private int probes;
  private int milliseconds;

  protected SearchConfig() {}

  /**
   * @param results how many are found when nobody says
   * @param similarity from where on texts count as similar, 0 to 1
   * @param effort how widely the index of neighbours is walked (ef_search)
   * @param probes how many lists of an ivfflat one are looked through
   * @param milliseconds after which a search gives up
   */
  @Inject
  public SearchConfig(
      @ConfigProperty(name = "vector.search.limit", defaultValue = "10") int results,
      @ConfigProperty(name = "vector.similarity.threshold", defaultValue = "0.7") double similarity,
      @ConfigProperty(name = "vector.search.effort", defaultValue = "100") int effort,
      @ConfigProperty(name = "vector.search.probes", defaultValue = "20") int probes,
      @ConfigProperty(name = "search.timeout.ms", defaultValue = "3000") int milliseconds) {
    this.results = (int) checked("VECTOR_SEARCH_LIMIT", results, 1, 100);
    this.similarity = checked("VECTOR_SIMILARITY_THRESHOLD", similarity, 0, 1);
    this.effort = (int) checked("VECTOR_SEARCH_EFFORT", effort, 10, 1000);
    this.probes = (int) checked("VECTOR_SEARCH_PROBES", probes, 1, 1000);
    this.milliseconds = (int) checked("SEARCH_TIMEOUT_MS", milliseconds, 100, 60_000);
  }

  private static double checked(String name, double value, double from, double to) {
    if (!(value >= from && value <= to)) {
      throw new IllegalStateException(name + " is " + value + "; it can be from " + from + " to " + to);
    }
    return value;
  }

  int results() {
    return results;
  }

  double similarity() {
    return similarity;
  }

  int effort() {
    return effort;
  }

  int probes() {
    return probes;
  }

  int milliseconds() {
    return milliseconds;
  }
}
