package tasktracker.message.feed;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.KeyboardModifier;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** Somebody reads the feed. */
@ProductTest
class MessagesPageIT {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private final String chat = "chat-" + UUID.randomUUID();

  private void say(Api api, int number, String author, String text) {
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "m" + number).add("content", text)
        .add("sent_at", NOON.plus(Duration.ofMinutes(number)).toString()).add("author", author).add("chat", chat)
        .add("chat_title", chat).build().toString()).expect(201);
  }

  private void talk(Api api, int messages) {
    for (int i = 0; i < messages; i++) {
      say(api, i, i % 2 == 0 ? "Olena " + chat : "Kevin " + chat, "message number " + i + " in " + chat);
    }
  }

  private Page firstOpenedByKeyboard(Browser browser, String text) {
    Page page = browser.signIn().go("/messages?q=" + chat);
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page.locator("#reader .content")).containsText(text);
    return page;
  }

  @Test
  void aMatchOnTheLastPageIsFoundFromTheFirst(Browser browser, Api api) {
    talk(api, 60);
    Page page = browser.signIn().go("/messages");
    page.fill("#filter-q", "number 3 in " + chat);
    page.waitForURL("**q=number*");
    assertThat(page.locator("[data-item]")).hasCount(1);
    assertThat(page.locator(".pager")).containsText("1–1 of 1");
    page.reload();
    assertThat(page.locator("[data-item]")).hasCount(1);
  }

  @Test
  void kevinPagesThroughAndKeepsHisFilters(Browser browser, Api api) {
    talk(api, 60);
    Page page = browser.signIn().go("/messages?q=" + chat);
    assertThat(page.locator(".pager")).containsText("1–25 of 60");
    page.click("a[rel=next]");
    page.waitForURL("**after=*");
    assertThat(page.locator(".pager")).containsText("26–50 of 60");
    assertThat(page.locator("[data-item]").first()).containsText("message number 34 ");
    page.click("a[rel=next]");
    assertThat(page.locator(".pager")).containsText("51–60 of 60");
    assertThat(page.locator("[data-item]")).hasCount(10);
    page.click("a[rel=prev]");
    assertThat(page.locator("[data-item]").first()).containsText("message number 34 ");
    assertThat(page.url()).contains("q=" + chat);
  }

  /** The rows that the page shows are asked for again; before the answer she has gone on to others. */
  @Test
  void aLateResponseDoesNotReplaceNewerRows(Browser browser, Api api) {
    talk(api, 30);
    Page page = browser.signIn().go("/messages?q=" + chat);
    page.route("**/messages/rows?**", route -> {
      page.evaluate(
          "document.querySelector('a[rel=next]') && htmx.ajax('GET', document.querySelector('a[rel=next]').href, {target: '#feed', swap: 'outerHTML'})");
      route.resume();
    });
    page.waitForResponse("**/messages/rows?**", () -> page.evaluate("htmx.trigger('#rows-anew', 'stale')"));
    assertThat(page.locator("[data-item]")).hasCount(5);
  }

  @Test
  void aTimeFilterFromALinkStaysAndCanBeRemoved(Browser browser, Api api) {
    talk(api, 10);
    Page page = browser.signIn().go("/messages?from=2026-03-02T12:05:00Z&until=2026-03-02T12:08:00Z&q=" + chat);
    assertThat(page.locator("[data-item]")).hasCount(3);
    page.fill("#filter-author", "Kevin");
    page.press("#filter-author", "Tab");
    page.waitForURL("**author=Kevin*");
    assertThat(page.url()).contains("from=2026-03-02T12%3A05");
    assertThat(page.locator("[data-item]")).hasCount(2);
    page.locator("#feed .chip.removable").first().click();
    page.waitForURL(url -> !url.contains("from="));
    assertThat(page.locator("[data-item]")).hasCount(4);
  }

  @Test
  void theClearLinkAndTheNoticeFollowTheFilters(Browser browser, Api api) {
    talk(api, 3);
    Page page = browser.signIn().go("/messages");
    assertThat(page.locator("#messages-new")).hasCount(1);
    page.fill("#filter-q", "number 1 in " + chat);
    page.waitForURL("**q=number*");
    assertThat(page.locator("#messages-new")).hasCount(0);
    page.click("#feed a:has-text('Clear filters')");
    page.waitForURL("**/messages");
    assertThat(page.locator("#messages-new")).hasCount(1);
    assertThat(page.locator("#feed a:has-text('Clear filters')")).hasCount(0);
  }

  @Test
  void olenaReadsOneAfterTheOtherWithTheKeyboard(Browser browser, Api api) {
    talk(api, 5);
    Page page = firstOpenedByKeyboard(browser, "message number 4 ");
    page.keyboard().press("j");
    assertThat(page.locator("#reader .content")).containsText("message number 3 ");
    assertThat(page.locator("[data-item][data-current]")).containsText("message number 3 ");
    page.reload();
    assertThat(page.locator("#reader .content")).containsText("message number 3 ");
    assertThat(page.locator("#reader .talk .here")).containsText("message number 3 ");
    assertThat(page.locator("[data-item]")).hasCount(5);
    page.keyboard().press("Escape");
    assertThat(page.locator("#reader article")).hasCount(0);
  }

  @Test
  void theOpenMessageLinksToItsNeighboursInTheList(Browser browser, Api api) {
    talk(api, 8);
    Page page = browser.signIn().go("/messages?q=" + chat + "&author=Kevin&sort=oldest");
    page.locator("[data-open]").first().click();
    assertThat(page.locator("#reader .content")).containsText("message number 1 ");
    assertThat(page.locator("#reader a[rel=prev]")).hasCount(0);
    page.keyboard().press("BracketRight");
    assertThat(page.locator("#reader .content")).containsText("message number 3 ");
    assertThat(page.locator("[data-item][data-current]")).containsText("message number 3 ");
    page.click("#reader a[rel=next]");
    assertThat(page.locator("#reader .content")).containsText("message number 5 ");
    page.reload();
    assertThat(page.locator("#reader .content")).containsText("message number 5 ");
    assertThat(page.locator("[data-item]")).hasCount(4);
    page.click("#reader a[rel=next]");
    assertThat(page.locator("#reader a[rel=prev]")).hasCount(1);
    assertThat(page.locator("#reader a[rel=next]")).hasCount(0);
    page.keyboard().press("BracketLeft");
    assertThat(page.locator("#reader .content")).containsText("message number 5 ");
    page.click("#reader .talk a:has-text('message number 4 ')");
    assertThat(page.locator("#reader .content")).containsText("message number 4 ");
    assertThat(page.locator("#reader a[rel=next]")).hasAttribute("href",
        java.util.regex.Pattern.compile("/messages/.*q=" + chat + ".*author=Kevin.*sort=oldest"));
    page.click("#reader a[rel=next]");
    assertThat(page.locator("#reader .content")).containsText("message number 5 ");
    page.keyboard().press("Escape");
    assertThat(page.url()).contains("author=Kevin").contains("sort=oldest");
  }

  @Test
  void aKeyCorrectsTheOpenMessageAndUpdatesItsHeader(Browser browser, Api api) {
    talk(api, 2);
    Page page = firstOpenedByKeyboard(browser, "message number 1 ");
    page.keyboard().press("2");
    assertThat(page.locator("#reader .correct button[value=noise]")).hasAttribute("aria-pressed", "true");
    assertThat(page.locator("#reader .reader-head .badge")).containsText("Noise");
    page.keyboard().press("1");
    assertThat(page.locator("#reader .reader-head .badge")).containsText("Signal");
    assertThat(page.locator("#reader .reasons .reasons")).hasCount(0);
  }

  @Test
  void newMessagesAreAnnouncedAndMoveNoRow(Browser browser, Api api) {
    talk(api, 3);
    Page page = browser.signIn().go("/messages");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    Locator first = page.locator("[data-item]").first();
    String before = first.getAttribute("id");
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "now").add("content", "fresh " + chat)
        .add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", chat).build().toString()).expect(201);
    assertThat(page.locator("#messages-new")).isVisible();
    assertThat(page.locator("#messages-new")).containsText("new");
    assertThat(first.getAttribute("id")).isEqualTo(before);
    page.click("#messages-new");
    assertThat(page.locator("[data-item]").first()).containsText("fresh " + chat);
  }

  @Test
  void aLostSocketIsReportedAndMissedEventsAreReplayed(Browser browser, Api api) {
    talk(api, 3);
    AtomicBoolean cut = new AtomicBoolean();
    AtomicReference<WebSocketRoute> line = new AtomicReference<>();
    browser.signIn().page().routeWebSocket(url -> url.contains("/live"), socket -> {
      line.set(socket);
      if (cut.get()) {
        socket.close();
      } else {
        socket.connectToServer();
      }
    });
    Page page = browser.go("/messages");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    cut.set(true);
    line.get().close();
    assertThat(page.locator("live-socket .word")).containsText("Updates paused since",
        new LocatorAssertions.ContainsTextOptions().setTimeout(12_000));
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "missed").add("content", "missed " + chat)
        .add("sent_at", Instant.now().toString()).add("author", "Olena").add("chat", chat).build().toString()).expect(201);
    cut.set(false);
    assertThat(page.locator("live-socket .word")).hasText("Live", new LocatorAssertions.HasTextOptions().setTimeout(40_000));
    assertThat(page.locator("#messages-new")).isVisible();
  }

  @Test
  void threeAreChosenWithShiftAndExportedWithoutFormulas(Browser browser, Api api) throws IOException {
    talk(api, 3);
    say(api, 3, "Mallory", "=HYPERLINK(\"https://evil.example\") " + chat);
    Page page = browser.signIn().go("/messages?q=" + chat);
    List<Locator> boxes = page.locator("input[data-select]").all();
    boxes.get(0).click();
    boxes.get(2).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
    assertThat(page.locator("[data-selected-count]")).hasText("3");
    assertThat(api.get("/messages/export?q=" + chat).expect(200).body().lines()).hasSize(5);
    String csv = Files.readString(page.waitForDownload(() -> page.click("button[form=selection]")).path());
    assertThat(csv.lines()).hasSize(4);
    assertThat(csv).contains("\"'=HYPERLINK(\"\"https://evil.example\"\")").contains("message number 2 ")
        .doesNotContain("message number 0 ");
  }

  @Test
  void aScriptInAMessageIsShownAsText(Browser browser, Api api) {
    say(api, 1, "<b>Mallory</b>", "<img src=x onerror=\"document.title='owned'\"> javascript:alert(1) https://ok.example/<script> " + chat);
    Page page = browser.signIn().go("/messages?q=" + chat);
    assertThat(page.locator("[data-item] .who")).containsText("<b>Mallory</b>");
    page.click("[data-open]");
    assertThat(page.locator("#reader .content")).containsText("<img src=x onerror=");
    assertThat(page.locator("#reader .content a")).hasCount(1);
    assertThat(page.locator("#reader .content a")).hasAttribute("href", "https://ok.example/");
    assertThat(page.locator("#reader .content a")).hasAttribute("rel", "noopener noreferrer nofollow");
    assertThat(page.title()).doesNotContain("owned");
  }

  @Test
  void aFilterThatCannotBeReadIsRefusedWithItsName(Browser browser) {
    Page page = browser.signIn().go("/messages?from=yesterday");
    assertThat(page.locator("main")).containsText("The value of from is not valid");
  }

  @Test
  void everythingWorksWithoutScripts(Browser browser, Api api) {
    talk(api, 30);
    String html = api.with("Accept", "text/html").get("/messages?q=" + chat).expect(200).body();
    assertThat(html).contains("message number 29 ", "rel=\"next\"", "aria-sort=\"descending\"").doesNotContain("Loading");
  }
}
