package tasktracker.platform.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** The layout of every page: header, menu, themes, keyboard. An error on the browser console fails these tests too. */
@ProductTest
class PageLayoutIT {

  private static final List<String> PAGES = List.of("/", "/messages", "/search", "/ingestion", "/noise-filtering", "/system/jobs",
      "/account", "/system/accounts", "/system/tokens", "/system/audit", "/search?q=release");

  private static final String COUNT_SOCKETS = """
      insert into message_count as c (source_id, chat_id, noise_classification, slot, messages)
      select source_id, id, 'unscored', 7, ? from chat where external_id = ?
      on conflict (source_id, chat_id, noise_classification, slot) do update set messages = c.messages + excluded.messages""";

  private static final String TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
      + " ? document.documentElement.scrollWidth + ' pixels: ' + [...document.querySelectorAll('body *')]"
      + ".filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 150)).slice(0, 5).join(' | ') : ''";

  @ParameterizedTest
  @ValueSource(strings = {"en", "uk"})
  void everyPageFitsOnAPhoneInBothThemes(String language, Browser browser, Api api) {
    var longName = "a-chat-whose-name-has-no-end-" + UUID.randomUUID();
    api.post("/api/v1/messages", """
        {"external_message_id": "1", "content": "Hello", "author": "%1$s", "chat": "%1$s", "chat_title": "%1$s", "sent_at": "%2$s"}"""
        .formatted(longName, Instant.now())).expect(201);
    browser.signIn().resize(375, 760);
    try {
      for (String theme : List.of("light", "dark")) {
        choosePreference(browser, "theme", theme);
        choosePreference(browser, "language", language);
        PAGES.forEach(path -> assertFits(browser.go(path), path, theme, language));
      }
    } finally {
      // The choice is stored with the account, which the other tests use too.
      choosePreference(browser, "language", "en");
      choosePreference(browser, "theme", "system");
    }
  }

  private static void assertFits(Page page, String path, String theme, String language) {
    assertThat(page.evaluate("document.documentElement.lang")).as(path).isEqualTo(language);
    assertThat(page.evaluate("document.documentElement.dataset.theme")).as(path).isEqualTo(theme);
    assertThat(page.evaluate(TOO_WIDE)).as(path + " fits its width").isEqualTo("");
    assertThat(page.locator("h1").count()).as(path + " has one heading").isEqualTo(1);
    assertThat(page.locator("a.nav-link[aria-current=page]").count()).as(path + " is at most once current in the menu")
        .isLessThanOrEqualTo(1);
  }

  /** Chooses a preference in the account menu. */
  /** Returns when the choice is stored: the account is that of all tests. */
  private static void choosePreference(Browser browser, String what, String value) {
    Page page = browser.go("/messages");
    page.click("[popovertarget=user-menu]");
    page.waitForResponse("**/preferences", () -> page.click("#user-menu button[name=" + what + "][value=" + value + "]"));
    page.waitForLoadState();
  }

  @ParameterizedTest
  @CsvSource({"/messages, 1280", "/, 1280", "/, 375", "/messages, 375", "/noise-filtering, 375"})
  void eachPageOpensOneSocketToItsOrigin(String path, int width, Browser browser, Product product) {
    browser.signIn().resize(width, 800).go("/ingestion");
    // The current page must have opened its socket before sockets are counted.
    assertThat(browser.page().locator("live-socket .word")).hasText("Live");
    List<String> sockets = new ArrayList<>();
    browser.page().onWebSocket(socket -> sockets.add(socket.url()));
    Page page = browser.go(path);
    assertThat(page.locator("live-socket .word")).hasText("Live");
    assertThat(sockets).hasSize(1).first().asString().startsWith(product.url().replace("http", "ws") + "/live?");
  }

  /** On a phone a page comes back from the background, or by the back button, while its socket is still closing. */
  @Test
  void aPageThatReturnsWhileItsSocketClosesOpensOneAnother(Browser browser) {
    Page page = browser.signIn().resize(375, 800).go("/");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    List<String> sockets = new ArrayList<>();
    page.onWebSocket(socket -> sockets.add(socket.url()));
    page.evaluate("""
        async () => {
          Math.random = () => 0; // connects again at once
          const { socket } = document.querySelector("live-socket");
          const closed = new Promise(resolve => socket.addEventListener("close", resolve));
          socket.close();
          document.dispatchEvent(new Event("visibilitychange"));
          await closed;
          await new Promise(resolve => setTimeout(resolve, 200));
        }""");
    assertThat(sockets).hasSize(1);
  }

  @Test
  void olenaUsesEveryPageByKeyboard(Browser browser) {
    Page page = browser.signIn().go("/messages");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#main")).isFocused();
    page.keyboard().press("Slash");
    assertThat(page.locator("#palette-q")).isFocused();
    page.keyboard().press("Escape");
    assertThat(page.locator("#main")).isFocused();
    page.keyboard().press("Control+k");
    assertThat(page.locator("#palette-q")).isFocused();
    page.keyboard().press("Escape");
    page.keyboard().press("Shift+Slash");
    assertThat(page.locator("#shortcuts")).isVisible();
    page.keyboard().press("Escape");
    page.keyboard().press("g");
    page.keyboard().press("i");
    page.waitForURL("**/ingestion");
  }

  @Test
  void singleKeyShortcutsCanBeDisabled(Browser browser) {
    browser.signIn();
    choosePreference(browser, "shortcuts", "false");
    Page page = browser.go("/messages");
    page.keyboard().press("Slash");
    assertThat(page.locator("#palette")).not().isVisible();
    page.keyboard().press("Control+k");
    assertThat(page.locator("#palette-q")).isFocused();
    page.keyboard().press("Escape");
    choosePreference(browser, "shortcuts", "true");
  }

  @Test
  void theMenuOnAPhoneIsADrawerThatEscCloses(Browser browser) {
    Page page = browser.signIn().resize(375, 760).go("/messages");
    assertThat(page.locator("#sidebar")).not().isVisible();
    page.click(".menu-button");
    assertThat(page.locator("#sidebar")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("#sidebar")).not().isVisible();
  }

  @Test
  void theMenuShowsTheNumberOfDeadJobs(Browser browser, Product product, Api api) {
    Page page = browser.signIn().go("/ingestion");
    assertThat(page.locator("live-socket .word")).hasText("Live");
    UUID job = UUID.randomUUID();
    long before = product.count("select count(*) from job where state = 'dead'");
    var count = page.locator("#nav-dead [aria-hidden]");
    try {
      product.database().useHandle(sql -> sql.execute("""
          insert into job (id, kind, queue, payload, state, max_attempts, finished_at)
          values (?, 'process_message', 'bulk', '{}', 'dead', 1, now())""", job));
      api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"so that something is heard\"}").expect(202);
      assertThat(count).hasText(String.valueOf(before + 1));
      assertThat(page.locator("#nav-dead")).isVisible();
      assertThat(page.locator("a.nav-link[href='/system/jobs']")).containsText("failed");
      page.reload();
      assertThat(page.locator("#nav-dead")).isVisible();
    } finally {
      product.database().useHandle(sql -> sql.execute("delete from job where id = ?", job));
    }
    api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"and once more\"}").expect(202);
    assertThat(count).hasText(String.valueOf(before));
    assertThat(page.locator("#nav-dead")).isVisible(new LocatorAssertions.IsVisibleOptions().setVisible(before > 0));
  }

  @Test
  void theMenuShowsTheNumberOfUnscoredMessages(Browser browser, Product product, Api api) {
    Page page = browser.signIn().go("/system/audit");
    assertThat(page.locator("#nav-unscored")).hasCount(1);
    assertThat(page.locator("live-socket .word")).hasText("Live");
    String chat = "unscored-" + UUID.randomUUID();
    try {
      api.post("/api/v1/messages", """
          {"external_message_id": "1", "content": "Hello", "author": "Olena", "chat": "%s", "sent_at": "2026-03-02T12:00:00Z"}"""
          .formatted(chat)).expect(201);
      product.database().useHandle(sql -> sql.execute(COUNT_SOCKETS, 1234, chat));
      api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"so that something is heard\"}").expect(202);
      assertThat(page.locator("#nav-unscored [aria-hidden]")).hasText("999+");
    } finally {
      product.database().useHandle(sql -> sql.execute(COUNT_SOCKETS, -1234, chat));
    }
    api.post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"and once more\"}").expect(202);
    assertThat(page.locator("#nav-unscored [aria-hidden]")).not().hasText("999+");
  }

  @Test
  void anUnknownUrlOffersASearch(Browser browser) {
    Page page = browser.signIn().go("/no/such/page");
    assertThat(page.locator("h1")).hasText("Page not found");
    page.fill("#lost-q", "release");
    page.keyboard().press("Enter");
    page.waitForURL("**/search?q=release");
  }

  @Test
  void theApiReturnsTheVersion(Product product) {
    assertThat(product.anonymous().get("/").expect(200).json().getString("status")).isEqualTo("running");
  }
}
