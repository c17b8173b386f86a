package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.Await;

/** Metrics of a running server. */
@ProductTest
class MetricsIT {

  private static final Pattern NAME = Pattern.compile("\\b(?:tasktracker|jvm|process)_[a-z_]+");
  /**
   * Only where the model is asked over the network, which {@code RemoteEmbedderTest} plays; after the first garbage; and
   * where WAL is archived, as in {@code RestoreIT}.
   */
  private static final Set<String> NOT_IN_EVERY_SERVER = Set.of("tasktracker_model_calls_seconds_count",
      "tasktracker_model_tokens_total", "tasktracker_llm_calls_seconds_count", "jvm_gc_pause_seconds_sum",
      "tasktracker_wal_archive_failures",
      "tasktracker_wal_archive_age_seconds");

  @Test
  void everyMetricOfAlertsAndDashboardsExists(Product product) throws IOException {
    product.api().post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"Metrics\"}").expect(202);
    Set<String> asked = names(Files.readString(observability("rules/task-tracker.yml")));
    asked.addAll(names(Files.readString(observability("grafana/dashboards/task-tracker.json"))));
    asked.removeAll(NOT_IN_EVERY_SERVER);
    assertThat(asked).hasSizeGreaterThan(25);
    Await.forValue("nothing is missing", Duration.ofSeconds(30), () -> missing(asked, product), Set::isEmpty);
  }

  /** The services of these tests do not archive WAL, so its metrics are absent. */
  @Test
  void unavailableValuesAreAbsent(Product product) {
    Await.until("figures of the database", Duration.ofSeconds(30),
        () -> scrape(product).body().contains("\ntasktracker_database_connections{"));
    assertThat(scrape(product).body()).doesNotContain("\ntasktracker_wal_archive_");
  }

  private static Set<String> missing(Set<String> asked, Product product) {
    var missing = new TreeSet<>(asked);
    missing.removeAll(names(scrape(product).body()));
    return missing;
  }

  @Test
  void requestsAreCountedByRouteTemplate(Product product) {
    product.api().get("/api/v1/jobs/01890a5d-ac96-774b-bcce-b302099a8057").expect(404);
    String told = scrape(product).body();
    assertThat(told).contains("route=\"/api/v1/jobs/{id}\"").doesNotContain("01890a5d");
  }

  @Test
  void metricsNeedAToken(Product product) {
    product.anonymous().get("/metrics").expect(401);
    product.anonymous().with("Authorization", "Bearer " + Product.ADMIN_TOKEN + "x").get("/metrics").expect(401);
  }

  private static ApiResponse scrape(Product product) {
    return product.api().get("/metrics").expect(200);
  }

  private static Path observability(String file) {
    return ProjectPaths.root().resolve("docker/observability").resolve(file);
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text).results().map(r -> r.group()).collect(Collectors.toCollection(TreeSet::new));
  }
}
