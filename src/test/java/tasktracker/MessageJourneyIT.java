package tasktracker;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.TestSocket;
import tasktracker.harness.Await;

/** The way of one message through everything there is; read this first. */
@ProductTest
class MessageJourneyIT {

  private static final LocatorAssertions.IsVisibleOptions SOON = new LocatorAssertions.IsVisibleOptions().setTimeout(10_000);
  private final String word = "kestrel" + UUID.randomUUID().toString().substring(0, 8);
  private final long chat = Math.abs(UUID.randomUUID().getMostSignificantBits() % 1_000_000_000L);
  private final Product product;
  private final Api api;

  MessageJourneyIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  private String update(String text) {
    return """
        {"update_id": %d, "message": {"message_id": 7, "date": %d, "text": "%s",
          "chat": {"id": -100%d, "type": "supergroup", "title": "Release crew"},
          "from": {"id": %d, "is_bot": false, "first_name": "Olena", "last_name": "Koval", "language_code": "uk"}}}"""
        .formatted(chat, Instant.now().getEpochSecond(), text, chat, chat + 1);
  }

  @Test
  void aTelegramMessageIsStoredScoredSearchableAndShownLive(Browser browser) {
    // Kevin, a reviewer, has opened the message list.
    Page kevin = browser.signIn().go("/messages");
    Locator live = kevin.locator("live-socket");
    PlaywrightAssertions.assertThat(live).isVisible(SOON);

    try (TestSocket program = product.socket("/ws?topics=messages,noise_filtering")) {
      program.await("the greeting", frame -> frame.contains("\"connection\""));

      // Olena writes; Telegram delivers the update twice.
      String text = "Production is down after the deploy: the " + word + " service crashes on start. Kevin, please roll it back today";
      product.telegram().post("/webhook/telegram", update(text)).expect(200);
      product.telegram().post("/webhook/telegram", update(text)).expect(200);

      // Programs receive its events.
      program.await("the message", frame -> frame.contains("message.new") && frame.contains(word));
      JsonObject message = Await.forValue("the scored message", Duration.ofSeconds(20),
          () -> api.get("/api/v1/messages?q=" + word).expect(200).json(),
          page -> page.getInt("total") == 1 && !page.getJsonArray("items").getJsonObject(0).isNull("importance_score"))
          .getJsonArray("items").getJsonObject(0);
      String id = message.getString("id");
      program.await("the score", frame -> frame.contains("message_scored") && frame.contains(id));

      // It is a signal, with reasons.
      assertThat(message.getString("noise_classification")).isEqualTo("signal");
      assertThat(message.getJsonObject("noise_factors")).containsKeys("content", "author", "temporal", "topics");
      assertThat(message.getJsonArray("noise_reasons")).isNotEmpty();
      assertThat(message.getString("author_name")).isEqualTo("Olena Koval");

      // It is found by a form of its words.
      Await.until("the message is found", Duration.ofSeconds(20),
          () -> api.get("/api/v1/search?q=" + word + "%20crashed").expect(200).toString().contains(id));

      // Kevin's page offers it without moving anything, and shows it when asked.
      Locator pill = kevin.locator("#messages-new");
      PlaywrightAssertions.assertThat(pill).isVisible(SOON);
      pill.click();
      PlaywrightAssertions.assertThat(kevin.locator("#msg-" + id)).isVisible(SOON);
      PlaywrightAssertions.assertThat(kevin.locator("#msg-" + id)).containsText(word);
    }
  }
}
