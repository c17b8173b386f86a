package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** How far the work is, as each role may know it. */
@ProductTest
class PipelineIT {

  @ParameterizedTest
  @CsvSource({"reader, false", "reviewer, true", "admin, true"})
  void jobsAreCountedForThoseWhoMaySeeJobs(String role, boolean seesJobs, Product product) {
    String token = product.api().post("/api/v1/tokens", "{\"name\":\"pipeline\",\"role\":\"" + role + "\"}").expect(201).json()
        .getString("token");
    JsonObject pipeline = product.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/pipeline").expect(200).json();
    assertThat(pipeline.containsKey("jobs") && !pipeline.isNull("jobs")).isEqualTo(seesJobs);
    assertThat(pipeline).containsKeys("messages", "scored", "by_class");
  }
}
