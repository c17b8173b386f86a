package tasktracker.search;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** The search box of every page and the search page, in a browser. */
@ProductTest
class SearchPageIT {

  private final String word = "plover" + UUID.randomUUID().toString().substring(0, 8);
  private final Api api;

  SearchPageIT(Api api) {
    this.api = api;
  }

  @BeforeEach
  void storeMessages() {
    for (int i = 0; i < 7; i++) {
      say("b" + i, "Наш api віддає помилку, сервіс " + word + " номер " + i);
    }
    say("other", "The api of " + word + " is fine today");
  }

  private void say(String id, String text) {
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", id).add("author", "Olena").add("content", text)
        .add("chat", word).add("sent_at", "2026-03-02T12:00:00Z").build().toString()).expect(201);
  }

  @Test
  void theSearchBoxWorksWithTheKeyboard(Browser browser) {
    Page page = browser.signIn().go("/ingestion");
    page.locator("#import-source").focus();
    page.keyboard().press("Control+k");
    assertThat(page.locator("#palette-q")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("#import-source")).isFocused();

    page.keyboard().press("Control+k");
    page.keyboard().type("api помилка " + word);
    Locator words = page.locator("#palette-results section[aria-label=Messages]");
    assertThat(words.locator("a")).hasCount(5);
    assertThat(words.locator("a").first().locator("mark")).hasText(new String[]{"api", "помилку", word});
    assertThat(page.locator("#palette-results > a").last()).hasAttribute("href", Pattern.compile("/search\\?q=api.*"));
    page.keyboard().press("ArrowDown");
    assertThat(page.locator("#palette-results section a").first()).isFocused();
    for (int above = page.locator("#palette-results section:not([aria-label=Messages]) a").count(); above > 0; above--) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(words.locator("a").first()).isFocused();
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowUp");
    page.keyboard().press("Enter");
    page.waitForURL("**/messages/*");
    assertThat(page.locator("#reader .content")).containsText(word);
  }

  @Test
  void backRestoresTheQueryAndTheScrollPosition(Browser browser) {
    Page page = browser.signIn().resize(1280, 600).go("/search");
    page.fill("#search-q", "api помилка " + word);
    Locator found = page.locator("#found [data-item][id^=hit-]");
    assertThat(found.nth(6)).containsText("помилку");
    assertThat(found.first().locator(".badge.ok")).hasText("Full-text match");
    page.waitForURL("**/search?q=api**");
    found.nth(6).locator("[data-open]").scrollIntoViewIfNeeded();
    page.evaluate("addEventListener('pagehide', () => sessionStorage.setItem('y', scrollY))");
    found.nth(6).locator("[data-open]").click();
    page.waitForURL("**/messages/*");
    page.goBack();
    assertThat(page.locator("#search-q")).hasValue("api помилка " + word);
    assertThat(found.nth(6)).isVisible();
    Await.forValue("the place is as before", Duration.ofSeconds(10),
        () -> page.evaluate("[scrollY, Number(sessionStorage.getItem('y'))]"),
        at -> page.evaluate("Math.abs(scrollY - sessionStorage.getItem('y')) < 4").equals(true));
  }

  @Test
  void furtherResultsAreAppendedAndFocused(Browser browser) {
    for (int i = 0; i < 30; i++) {
      say("more" + i, "The " + word + " of day " + i);
    }
    String chat = api.chat(word);
    Page page = browser.signIn().go("/search?q=" + word + "&chat=" + chat);
    Locator hits = page.locator("#found [data-item][id^=hit-]:not(#hits-more)");
    assertThat(hits).hasCount(30);
    assertThat(page.locator("#found-count")).containsText("Top 30");
    String first = hits.first().getAttribute("id");
    page.locator("#open-more").focus();
    page.keyboard().press("Enter");
    assertThat(hits.nth(37)).isVisible();
    assertThat(hits.first()).hasAttribute("id", first);
    assertThat(hits.nth(30).locator("[data-open]")).isFocused();
    page.keyboard().press("j");
    assertThat(hits.nth(31).locator("[data-open]")).isFocused();
    assertThat(page.locator("#open-more")).hasCount(0);
    assertThat(page).hasURL(Pattern.compile(".*/search\\?q=" + word + "&chat=" + chat + "&limit=60"));
    assertThat(page.locator("#found-count")).not().containsText("more available");
    long distinct = hits.all().stream().map(h -> h.getAttribute("id")).distinct().count();
    assertThat(distinct).isEqualTo(hits.count());
    hits.nth(31).locator("[data-open]").click();
    page.goBack();
    assertThat(hits.nth(37)).isVisible();

    Page scriptless = browser.withoutScripts();
    scriptless.navigate("/search?q=" + word + "&chat=" + chat);
    scriptless.fill("input[name=name]", tasktracker.harness.Product.ADMIN);
    scriptless.fill("input[name=password]", tasktracker.harness.Product.ADMIN_PASSWORD);
    scriptless.click("button[type=submit]");
    scriptless.click("#open-more");
    assertThat(scriptless.locator("#rank-31")).isInViewport();
    assertThat(scriptless.locator("#found [id^=rank-]").nth(37)).isVisible();
  }

  /** Messages that arrive between two requests change the ranks of the others. */
  @Test
  void furtherResultsAreCompleteAfterRankChanges(Browser browser) {
    for (int i = 0; i < 31; i++) {
      say("moved" + i, "The " + word + " moves");
    }
    Page page = browser.signIn().go("/search?q=" + word + " moves");
    Locator hits = page.locator("#found [data-item][id^=hit-]");
    assertThat(hits).hasCount(30);
    for (int i = 0; i < 5; i++) {
      say("first" + i, word + " moves");
    }
    page.locator("#open-more").click();
    assertThat(hits.nth(35)).isVisible();
    List<String> shown = hits.all().stream().map(hit -> hit.getAttribute("id")).toList();
    assertThat(shown).doesNotHaveDuplicates();
    List<String> texts = hits.locator("[data-open]").allInnerTexts();
    assertThat(texts.stream().filter(("The " + word + " moves")::equals)).hasSize(31);
    assertThat(texts.stream().filter((word + " moves")::equals)).hasSize(5);
  }

  @Test
  void withoutFullTextMatchesThePageOffersOthers(Browser browser) {
    Page page = browser.signIn().go("/search?q=qqzzxxvvww");
    assertThat(page.locator("#found")).containsText(Pattern.compile("No (results|full-text matches)"));
    assertThat(page.locator("#found .badge.ok")).hasCount(0);
  }
}
