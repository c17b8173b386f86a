package tasktracker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.LearntClasses;
import tasktracker.harness.Product;

/** A database that neither answers nor hangs up, as on a machine that is paused. Its server is the first of a run to end. */
class FrozenDatabaseIT {

  private static final Map<String, String> SETTINGS =
      Map.of("METRICS_TOKEN", "token-of-prometheus-in-tests", "JVM_ARGS", LearntClasses.WRITTEN);

  @AfterAll
  static void keep() {
    LearntClasses.keep();
  }

  @Test
  void healthTellsOfAFrozenDatabaseInsteadOfHangingWithIt() throws Exception {
    try (Product product = Product.quick("frozen", SETTINGS).start()) {
      long postgres = product.services().pid("postgres");
      signal("-STOP", postgres);
      try {
        tellsOfIt(product);
      } finally {
        signal("-CONT", postgres);
      }
      product.awaitReady(Duration.ofSeconds(60));
      product.stop();
    }
  }

  private static void tellsOfIt(Product product) {
    for (int probe = 0; probe < 3; probe++) {
      long begun = System.nanoTime();
      assertThat(product.anonymous().get("/api/health").expect(503).json().getJsonObject("checks").getString("database")).isEqualTo("down");
      product.anonymous().get("/health/ready").expect(503);
      product.anonymous().get("/health/live").expect(200);
      product.anonymous().with("Authorization", "Bearer token-of-prometheus-in-tests").get("/metrics").expect(200);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));
    }
  }

  /** All processes of the database. */
  private static void signal(String signal, long postgres) throws IOException, InterruptedException {
    String[] pids = Stream.concat(Stream.of(ProcessHandle.of(postgres).orElseThrow()),
        ProcessHandle.of(postgres).orElseThrow().children()).map(p -> String.valueOf(p.pid())).toArray(String[]::new);
    var command = new java.util.ArrayList<>(java.util.List.of("kill", signal));
    command.addAll(java.util.List.of(pids));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
