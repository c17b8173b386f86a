package tasktracker.message.deletion;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.KeyboardModifier;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** Somebody deletes messages, and thinks better of it. */
@ProductTest
class DeletionsIT {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private final String chat = "deleted-" + UUID.randomUUID();

  private ApiResponse say(Api api, int number, String text) {
    return api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "m" + number)
        .add("content", text).add("sent_at", NOON.plus(Duration.ofMinutes(number)).toString()).add("author", "Olena")
        .add("chat", chat).add("chat_title", chat).build().toString());
  }

  private void talk(Api api, int messages) {
    for (int i = 0; i < messages; i++) {
      say(api, i, "message number " + i + " in " + chat).expect(201);
    }
    Await.until("all of them have scores", TIMEOUT, () -> list(api, "&class=unscored").isEmpty());
  }

  private List<JsonObject> list(Api api, String more) {
    return api.get("/api/v1/messages?page_size=100&q=" + chat + more).expect(200).json().getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  private long counted(Api api) {
    return api.get("/api/v1/messages?chat_id=" + api.chat(chat)).expect(200).json().getJsonNumber("total").longValue();
  }

  @Test
  void olenaIsAskedDeletesThreeAndTakesItBack(Browser browser, Api api) {
    talk(api, 5);
    String kept = list(api, "").getFirst().toString();
    Page page = browser.signIn().go("/messages?q=" + chat);
    Page kevins = browser.anotherWindow();
    kevins.navigate(page.url());
    assertThat(kevins.locator("live-socket .word")).hasText("Live");
    List<Locator> boxes = page.locator("input[data-select]").all();
    boxes.get(0).click();
    boxes.get(2).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
    page.click("button[formaction='/messages/deleted/new']");
    assertThat(page.locator("h1")).hasText("Delete 3 messages?");
    assertThat(list(api, "")).hasSize(5);
    page.click("main button.danger");
    assertThat(page.locator("h1")).hasText("Deleted messages");
    assertThat(kevins.locator("[data-item]")).hasCount(2);
    assertThat(list(api, "")).hasSize(2);
    assertThat(counted(api)).isEqualTo(2);
    page.locator("tr[id^=deletion-]").first().locator("form button").click();
    assertThat(page.locator("tr[id^=deletion-]").first()).containsText("Restored");
    assertThat(list(api, "")).hasSize(5);
    assertThat(counted(api)).isEqualTo(5);
    assertThat(list(api, "").getFirst().toString()).isEqualTo(kept);
    Await.until("what came back is found again", TIMEOUT, () -> found(api, "number 4 in " + chat));
  }

  private static boolean found(Api api, String what) {
    return api.get("/api/v1/search?q=" + what.replace(" ", "%20")).expect(200).body().contains("\"content\":\"message " + what);
  }

  @Test
  void aDeletedMessageStaysDeletedWhenItArrivesAgain(Api api) {
    talk(api, 2);
    String id = list(api, "").getFirst().getString("id");
    api.delete("/api/v1/messages/" + id).expect(204);
    api.get("/api/v1/messages/" + id).expect(404);
    api.delete("/api/v1/messages/" + id).expect(404);
    JsonObject again = say(api, 1, "message number 1 in " + chat + ", edited").expect(200).json();
    assertThat(again.getString("status")).isEqualTo("deleted");
    assertThat(again.getString("id")).isEqualTo(id);
    assertThat(list(api, "")).hasSize(1);
    assertThat(counted(api)).isEqualTo(1);
    assertThat(found(api, "number 1 in " + chat)).isFalse();
  }

  @Test
  void aWholeListGoesByItsFilters(Browser browser, Api api) {
    talk(api, 30);
    say(api, 40, "another thing " + chat).expect(201);
    Page page = browser.signIn().go("/messages?q=in%20" + chat);
    page.locator("input[data-select]").first().click();
    page.click("a[href*='/messages/deleted/new']:visible >> nth=0");
    assertThat(page.locator("h1")).hasText("Delete 30 messages?");
    page.click("main button.danger");
    assertThat(page.locator("tr[id^=deletion-]").first()).containsText("30");
    assertThat(list(api, "")).hasSize(1);
  }

  @Test
  void aReaderDeletesNothing(Api api, Browser browser) {
    talk(api, 1);
    String name = "reader-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/accounts", Json.createObjectBuilder().add("name", name).add("display_name", "Reader").add("role", "reader")
        .add("password", "a long pass phrase").build().toString()).expect(201);
    Page page = browser.signIn(name, "a long pass phrase").go("/messages?q=" + chat);
    page.locator("input[data-select]").first().click();
    assertThat(page.locator("button[formaction]")).hasCount(0);
    assertThat(browser.go("/messages/deleted/new?q=" + chat).locator(".problem-code")).hasText("403");
  }

  @Test
  void aReviewerCannotRestoreAListDeletedByAnAdmin(Api api, Product product) {
    say(api, 1, "to be deleted in " + chat).expect(201);
    String filter = "?q=" + chat;
    assertThat(api.form("/messages/deleted", Map.of("filter", filter)).status()).isEqualTo(303);
    String undo = "/messages/deleted/"
        + product.database().withHandle(sql -> sql.createQuery("select id::text from deletion where filter = ?")
            .bind(0, filter).mapTo(String.class).one())
        + "/undo";
    String token = api.post("/api/v1/tokens", "{\"name\":\"reviewer\",\"role\":\"reviewer\"}").expect(201).json().getString("token");
    Api reviewer = product.anonymous().with("Authorization", "Bearer " + token);
    assertThat(reviewer.form(undo, Map.of()).status()).isEqualTo(403);
    assertThat(reviewer.with("Accept", "text/html").get("/messages/deleted").expect(200).body()).doesNotContain(undo);
    assertThat(list(api, "")).isEmpty();
    assertThat(api.form(undo, Map.of()).status()).isEqualTo(303);
    assertThat(list(api, "")).hasSize(1);
  }
}
