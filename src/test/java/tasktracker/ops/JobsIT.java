package tasktracker.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** API and pages of jobs. */
@ProductTest
class JobsIT {

  private final Product product;
  private final Api api;

  JobsIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  @Test
  void theDemoJobReturnsItsText() {
    ApiResponse asked = api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"Добрий день\"}");
    assertThat(asked.status()).isEqualTo(202);
    String path = "/api/v1/jobs/" + asked.json().getString("id");
    Await.until("the words to be said back", Duration.ofSeconds(10),
        () -> api.get(path).body().contains("Processed: Добрий день"));
    assertThat(api.get(path).json().getJsonArray("attempts")).hasSize(1);
  }

  @Test
  void invalidJobsAreRefused() {
    assertThat(api.post("/api/v1/jobs", "{\"kind\":\"score_message_task\"}").status()).isEqualTo(422);
    assertThat(api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"" + "x".repeat(201) + "\"}").status()).isEqualTo(422);
    assertThat(api.get("/api/v1/jobs?state=lost").status()).isEqualTo(400);
    assertThat(api.get("/api/v1/jobs?limit=0").status()).isEqualTo(400);
    assertThat(api.get("/api/v1/jobs/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(product.anonymous().get("/api/v1/jobs").status()).isEqualTo(401);
  }

  @Test
  void aDeadJobIsRetriedAndItsPageShowsTheError() {
    UUID dead = dead("test " + UUID.randomUUID());
    assertThat(api.with("Accept", "text/html").get("/system/jobs/" + dead).body()).contains("The shop is closed");
    assertThat(api.with("Accept", "text/html").get("/system/jobs?state=dead").body()).contains(dead.toString());
    assertThat(api.post("/api/v1/jobs/" + dead + "/retry", "").status()).isEqualTo(200);
    Await.until("it to be done", Duration.ofSeconds(10), () -> api.get("/api/v1/jobs/" + dead).body().contains("\"completed\""));
    assertThat(api.post("/api/v1/jobs/" + dead + "/cancel", "").status()).isEqualTo(409);
    assertThat(product.count("select count(*) from audit where action = 'job.retried' and subject_id = ?", dead.toString())).isEqualTo(1);
  }

  @Test
  void anOpenPageShowsARetriedJobLive(Browser browser) {
    UUID dead = dead("watched " + UUID.randomUUID());
    var page = browser.signIn().go("/system/jobs/" + dead);
    page.locator("#retry-" + dead).waitFor();
    page.evaluate("window.isTheSame = true");
    api.post("/api/v1/jobs/" + dead + "/retry", "").expect(200);
    page.locator("#job-now-" + dead + " tbody tr .badge.ok").waitFor();
    page.locator("#job-" + dead + "-state.ok").waitFor();
    assertThat(page.locator("#retry-" + dead).count()).as("buttons that would do nothing").isZero();
    assertThat(page.locator("#job-now-" + dead).textContent()).doesNotContain("The shop is closed");
    assertThat(page.evaluate("window.isTheSame")).as("not read anew").isEqualTo(true);
  }

  @Test
  void allMatchingJobsAreRetried() {
    product.database().useHandle(h -> h.execute("update job set state = 'cancelled' where state = 'dead'"));
    dead(null);
    dead(null);
    assertThat(api.post("/api/v1/jobs/retry?state=dead&kind=process_message", "").json().getInt("retried")).isEqualTo(2);
    assertThat(api.post("/api/v1/jobs/retry?state=completed", "").status()).isEqualTo(422);
  }

  @Test
  void aJobThatLostItsWorkersIsRetriedOnlySingly() {
    UUID dead = dead(null);
    product.database().useHandle(h -> h.execute("update job set lost = 3 where id = ?", dead));
    api.post("/api/v1/jobs/retry?state=dead&kind=process_message", "").expect(200);
    var job = api.get("/api/v1/jobs/" + dead).json().getJsonObject("job");
    assertThat(job.getString("state")).isEqualTo("dead");
    assertThat(job.getInt("worker_lost")).isEqualTo(3);
    api.post("/api/v1/jobs/" + dead + "/retry", "").expect(200);
    Await.until("it to be done", Duration.ofSeconds(30), () -> api.get("/api/v1/jobs/" + dead).body().contains("\"completed\""));
  }

  private UUID dead(@org.jspecify.annotations.Nullable String key) {
    UUID id = UUID.randomUUID();
    product.database().useHandle(h -> h.execute("""
        insert into job (id, kind, queue, payload, unique_key, state, attempt, max_attempts, finished_at, error)
        values (?, 'process_message', 'interactive', '{"text":"again"}', ?, 'dead', 5, 5, now(), 'The shop is closed')""", id, key));
    return id;
  }
}
