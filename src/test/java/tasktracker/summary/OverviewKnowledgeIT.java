package tasktracker.summary;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import jakarta.json.Json;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** What the overview says about knowledge. */
@ProductTest
class OverviewKnowledgeIT {

  private final Api api;

  OverviewKnowledgeIT(Api api) {
    this.api = api;
  }

  @BeforeEach
  void storeAMessage() {
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString())
        .add("content", "something to begin with").add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", "overview")
        .build().toString()).expect(201);
  }

  private String createAtom(String type, String title) {
    return api.post("/api/v1/atoms", Json.createObjectBuilder().add("type", type).add("title", title).add("content", title)
        .build().toString()).expect(201).json().getString("id");
  }

  private static Page live(Browser browser) {
    Page page = browser.signIn().go("/");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    return page;
  }

  @Test
  void theFirstSentenceSaysHowManyAtomsWaitAndLeadsToThem(Browser browser) {
    createAtom("insight", "Waits " + UUID.randomUUID());
    Page page = browser.signIn().go("/");
    Locator atoms = page.locator("#overview-top h1 a[href='/atoms']");
    assertThat(atoms).hasText(Pattern.compile("\\d+ atoms?"));
    atoms.click();
    page.waitForURL("**/atoms");
  }

  @Test
  void anApprovedDecisionAppearsWithoutReloading(Browser browser) {
    Page page = live(browser);
    String title = "Decided " + UUID.randomUUID();
    String atom = createAtom("decision", title);
    assertThat(page.locator("#overview-top h1 a[href='/atoms']")).isVisible();
    assertThat(page.locator("#overview-knowledge")).not().containsText(title);
    api.post("/api/v1/atoms/" + atom + "/approve", "{}").expect(200);
    Locator row = page.locator("#overview-atom-" + atom);
    assertThat(row).containsText(title);
    assertThat(row.locator(".name")).not().isEmpty();
    assertThat(row.locator("time")).isVisible();
  }

  @Test
  void aQuestionIsOpenUntilItIsRejected(Browser browser) {
    Page page = live(browser);
    String atom = createAtom("question", "Who knows " + UUID.randomUUID() + "?");
    Locator row = page.locator("#overview-atom-" + atom);
    assertThat(row).isVisible();
    api.post("/api/v1/atoms/" + atom + "/reject", "{}").expect(200);
    assertThat(row).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(10_000));
  }
}
