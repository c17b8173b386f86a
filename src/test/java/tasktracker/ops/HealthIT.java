package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Project;

/** What an operator's probes are told. */
@ProductTest
class HealthIT {

  @Test
  void aProbeNeedsNoSignIn(Product product) {
    assertThat(product.anonymous().get("/api/health").expect(200).json().getString("status")).isEqualTo("ok");
    assertThat(product.anonymous().get("/health/live").status()).isEqualTo(200);
    assertThat(product.anonymous().get("/health/ready").status()).isEqualTo(200);
  }

  /** As the build wrote it: git's word for the present commit, where there is git. */
  @Test
  void everybodyCanTellWhichBuildRuns(Product product, Browser browser) throws IOException {
    Properties made = new Properties();
    made.load(Files.newBufferedReader(Project.target("task-tracker", "WEB-INF", "classes", "build.properties")));
    assertThat(made.getProperty("commit")).matches("[0-9a-f]{12}(-dirty)?|unknown");
    assertThat(Instant.parse(made.getProperty("built"))).isBefore(Instant.now());
    assertThat(product.anonymous().get("/api/health").json().getJsonObject("build").getString("commit")).isEqualTo(made.getProperty("commit"));
    var page = browser.signIn().go("/system");
    assertThat(page.locator("#build").textContent()).contains(made.getProperty("commit"), made.getProperty("built"));
    assertThat(page.locator("#user-menu").textContent()).contains(made.getProperty("commit"));
  }

  @Test
  void theServerWithItsModelFitsInSevenHundredMegabytes(Product product) {
    assertThat(product.residentMegabytes()).isLessThan(700);
  }
}
