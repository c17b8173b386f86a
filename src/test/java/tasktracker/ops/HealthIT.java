package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.ProjectPaths;
import tasktracker.harness.TestSocket;

/** Health endpoints for probes of operators. */
@ProductTest
class HealthIT {

  @Test
  void aProbeNeedsNoAuthentication(Product product) {
    assertThat(product.anonymous().get("/api/health").expect(200).json().getString("status")).isEqualTo("ok");
    assertThat(product.anonymous().get("/health/live").status()).isEqualTo(200);
    assertThat(product.anonymous().get("/health/ready").status()).isEqualTo(200);
  }

  /** As the build wrote it: git's word for the present commit, where there is git. */
  @Test
  void theBuildIsPublic(Product product, Browser browser) throws IOException {
    Properties made = new Properties();
    made.load(Files.newBufferedReader(ProjectPaths.target("task-tracker", "WEB-INF", "classes", "build.properties")));
    assertThat(made.getProperty("commit")).matches("[0-9a-f]{12}(-dirty)?|unknown");
    assertThat(Instant.parse(made.getProperty("built"))).isBefore(Instant.now());
    assertThat(product.anonymous().get("/api/health").json().getJsonObject("build").getString("commit"))
        .isEqualTo(made.getProperty("commit"));
    var page = browser.signIn().go("/system");
    assertThat(page.locator("#build").textContent()).contains(made.getProperty("commit"), made.getProperty("built"));
    assertThat(page.locator("#user-menu").textContent()).contains(made.getProperty("commit"));
  }

  /** A failed migration makes this node not ready; programs and open pages are notified of that and of the recovery. */
  @Test
  void aChangeOfHealthIsPublished(Product product) {
    try (TestSocket program = product.socket("/ws?topics=system"); TestSocket page = product.socket("/live?topics=system")) {
      program.await("the greeting", frame -> frame.contains("\"connection\""));
      page.await("the greeting", frame -> frame.contains("\"connection\""));
      product.database().useHandle(sql -> sql.execute("""
          insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)
          values (9999, '9999', 'of the test', 'SQL', 'V9999.sql', 'test', 0, false)"""));
      try {
        String heard = program.await("that it is not well", frame -> isHealth(frame, "unavailable"));
        assertThat(heard).contains("\"topic\":\"system\"", "\"migrations\":\"down\"", "\"database\":\"up\"", "\"node\":\"");
        page.await("the word to look again", frame -> frame.contains("#system-states"));
      } finally {
        product.database().useHandle(sql -> sql.execute("delete from flyway_schema_history where installed_rank = 9999"));
      }
      program.await("that it is well again", frame -> isHealth(frame, "ok"));
      assertThat(program.received().stream().filter(frame -> frame.contains("\"health\""))).hasSize(2);
    }
  }

  private static boolean isHealth(String frame, String status) {
    return frame.contains("\"type\":\"health\"") && frame.contains("\"status\":\"" + status + "\"");
  }

  /** As the container of the backups asks, which knows no release of its own. */
  @Test
  void aBackupRecordsTheRunningRelease(Product product, @TempDir Path backups) throws Exception {
    String commit = product.anonymous().get("/api/health").json().getJsonObject("build").getString("commit");
    assertThat(askRelease(backups, product.url().replace("http://", ""))).isEqualTo(commit);
    assertThat(askRelease(backups, "127.0.0.1:1")).as("nobody answers").isEqualTo(commit);
  }

  private static String askRelease(Path backups, String application) throws Exception {
    var shell = new ProcessBuilder("bash", "-c", ". docker/backup/common.sh; ask_release; echo \"$APP_COMMIT\"")
        .directory(ProjectPaths.root().toFile());
    shell.environment().putAll(Map.of("BACKUP_DIR", backups.toString(), "PGDATABASE", "tasktracker", "APPLICATION", application));
    return new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void theServerWithItsModelFitsInNineHundredMegabytes(Product product) {
    assertThat(product.residentMegabytes()).isLessThan(900);
  }
}
