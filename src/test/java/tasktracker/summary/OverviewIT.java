package tasktracker.summary;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import jakarta.json.Json;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** The overview page in a browser. */
@ProductTest
class OverviewIT {

  private static void say(Api api, String text, Instant at) {
    api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString())
        .add("content", text).add("sent_at", at.toString()).add("author", "Olena").add("chat", "overview").build().toString()).expect(201);
  }

  /** A page whose live socket is open. */
  private static Page live(Browser browser, String path) {
    Page page = browser.signIn().go(path);
    assertThat(page.locator("live-socket .word")).hasText("Live");
    return page;
  }

  @Test
  void theListBehindACountHasAsManyMessages(Browser browser, Api api) {
    say(api, "two years ago", Instant.parse("2024-02-10T10:30:00Z"));
    say(api, "an hour later", Instant.parse("2024-02-10T11:30:00Z"));
    Page page = browser.signIn().go("/?from=2024-02-09&until=2024-02-11");
    assertThat(page.locator(".figure .value").first()).hasText("2");
    page.locator(".figure").first().click();
    assertThat(page.locator(".pager")).containsText("of 2");
    page.goBack();
    page.locator(".heat-fine .heat a").first().click();
    assertThat(page.locator(".pager")).containsText("of 1");
  }

  @Test
  void aMessageAppearsWithoutReloading(Browser browser, Api api) {
    say(api, "something to begin with", Instant.now());
    Page page = live(browser, "/");
    String text = "just said " + UUID.randomUUID();
    say(api, text, Instant.now());
    assertThat(page.locator("#recent-title >> xpath=../..")).containsText(text);
  }

  @Test
  void theChartsFollowAndWhatIsOpenOrHasTheFocusStays(Browser browser, Api api) {
    say(api, "the first", Instant.parse("2023-03-05T10:30:00Z"));
    Page page = live(browser, "/?from=2023-03-04&until=2023-03-06");
    page.click("#trend-title >> xpath=../.. >> summary");
    page.locator(".heat-fine .heat a").first().focus();
    say(api, "the second", Instant.parse("2023-03-05T10:40:00Z"));
    assertThat(page.locator("#overview-table td.num")).hasText("2");
    assertThat(page.locator("#overview-table")).isVisible();
    assertThat(page.locator(".heat-fine .heat a .sr")).hasText("2");
    assertThat(page.locator("#overview-chats .num")).hasText("2");
    assertThat(page.locator(".heat-fine .heat a")).isFocused();
  }

  /** Simulates a reload frame, which a page gets when it has missed too many events. */
  @Test
  void refreshingKeepsTheFocus(Browser browser, Api api) {
    say(api, "something that stays", Instant.parse("2023-05-05T10:30:00Z"));
    Page page = live(browser, "/?from=2023-05-04&until=2023-05-06");
    page.evaluate("document.querySelector('.heat-fine .heat a').setAttribute('data-before', '')");
    page.locator(".heat-fine .heat a").focus();
    page.evaluate("document.querySelector('live-socket').onFrame({ type: 'reload' })");
    assertThat(page.locator(".heat-fine .heat a[data-before]")).hasCount(0);
    assertThat(page.locator(".heat-fine .heat a")).isFocused();
  }

  @Test
  void thePeriodIsInTheUrlAndBackRestoresIt(Browser browser, Api api) {
    say(api, "something to begin with", Instant.now());
    Page page = browser.signIn().go("/?period=30d");
    page.click("a[href='/?period=today']");
    assertThat(page.locator("#overview-top nav a[aria-current]")).hasText("Today");
    page.goBack();
    assertThat(page.locator("#overview-top nav a[aria-current]")).hasText("30 days");
    assertThat(api.with("Accept", "text/html").get("/?period=century").status()).isEqualTo(400);
  }
}
