package tasktracker.scoring.policy;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** An administrator changes thresholds on the page, without a restart. */
@ProductTest
class ScoringPolicyPageIT {

  private static final String PATH = "/api/v1/config/scoring";
  private final Api api;

  ScoringPolicyPageIT(Product product) {
    this.api = product.api();
  }

  /** The stored messages of other tests are reclassified later than this. */
  @AfterEach
  void reset() {
    api.delete(PATH).expect(200);
  }

  @Test
  void aSavedThresholdAppliesToTheNextMessage(Browser browser) {
    Page page = browser.signIn().go("/noise-filtering/policy");
    page.fill("#what-noise", "0");
    page.fill("#what-floor", "0");
    page.fill("#what-signal", "0.01");
    assertThat(page.locator("#what-if [role=status]")).containsText("would change");
    page.click("#policy-form button[formmethod=post]");
    assertThat(page.locator(".panel header .badge")).hasText("Saved");
    assertThat(page.locator("#what-signal")).hasValue("0.01");
    assertThat(classOfNewMessage("ok")).isEqualTo("signal");
    page.click("form[action='/noise-filtering/policy/environment'] button");
    assertThat(page.locator(".panel header .badge")).hasText("From the environment");
    assertThat(page.locator("#what-signal")).hasValue("0.7");
    page.locator("button:has-text('Restore')").first().click();
    assertThat(page.locator("#what-signal")).hasValue("0.01");
  }

  @Test
  void contradictoryValuesAreRefused(Browser browser) {
    Page page = browser.signIn().go("/noise-filtering/policy");
    page.fill("#what-content", "0.9");
    page.click("#policy-form button[formmethod=post]");
    assertThat(page.locator("#what-if [role=alert]")).containsText("must add up to 1");
    assertThat(page.locator("#what-content")).hasValue("0.9");
    assertThat(api.get(PATH).json().getJsonObject("weights").getJsonNumber("content").doubleValue()).isEqualTo(.4);
  }

  @Test
  void programsChangeItByTheSameRules() {
    int generation = api.get(PATH).expect(200).json().getInt("generation");
    var saved = api.put(PATH, "{\"signal_threshold\": 0.71}").expect(200).json();
    assertThat(saved.getString("origin")).isEqualTo("saved");
    assertThat(saved.getJsonNumber("signal_threshold").doubleValue()).isEqualTo(.71);
    assertThat(saved.getJsonNumber("noise_threshold").doubleValue()).isEqualTo(.3);
    api.put(PATH, "{\"signal_threshold\": 0.1}").expect(422);
    api.put(PATH, "{\"signal_threshold\": 0.72, \"generation\": " + generation + "}").expect(409);
    assertThat(api.delete(PATH).expect(200).json().getString("origin")).isEqualTo("environment");
  }

  private String classOfNewMessage(String text) {
    String id = api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString())
        .add("content", text).add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", "policy").build().toString())
        .expect(201).json().getString("id");
    return Await.forValue("it is scored", Duration.ofSeconds(20), () -> api.get("/api/v1/messages/" + id).json(),
        message -> !message.isNull("noise_classification")).getString("noise_classification");
  }
}
