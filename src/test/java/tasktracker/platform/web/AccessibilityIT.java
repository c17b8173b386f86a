package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** People who see, hear or point differently can use every page: axe finds nothing that would keep them out. */
@ProductTest
class AccessibilityIT {

  private static final Set<String> GRAVE = Set.of("serious", "critical");
  /** Rows of a list that are built alike to the last class: two speak for dozens, at a fraction of the time. */
  private static final String LIKE_ROWS_GO = """
      () => {
        const seen = {};
        for (const row of document.querySelectorAll('main :is(li, tr)')) {
          const build = [row, ...row.querySelectorAll('*')].map(e => e.tagName + '.' + e.getAttribute('class')).join();
          seen[build] = (seen[build] ?? 0) + 1;
          if (seen[build] > 2) row.remove();
        }
      }""";
  private final String chat = "axe-" + UUID.randomUUID();

  private List<String> pages(Api api) {
    for (int i = 0; i < 3; i++) {
      api.post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", "a" + i).add("author", "Olena")
          .add("content", "The login api fails with https://example.org/error, помилка " + i).add("chat", chat)
          .add("sent_at", "2026-03-02T12:0" + i + ":00Z").build().toString()).expect(201);
    }
    String message = api.get("/api/v1/messages?chat_id=" + api.chat(chat)).expect(200).json().getJsonArray("items")
        .getJsonObject(0).getString("id");
    return List.of("/", "/messages", "/messages?q=nothing-like-this", "/messages/" + message, "/search", "/search?q=api",
        "/ingestion", "/noise-filtering", "/system/jobs", "/account", "/system/accounts", "/system/tokens", "/system/audit", "/no/such/page");
  }

  @ParameterizedTest
  @CsvSource({"en, LIGHT, 1440", "uk, DARK, 1440", "uk, LIGHT, 375", "en, DARK, 375"})
  void axeFindsNothingGrave(String language, ColorScheme scheme, int width, Browser browser, Api api) {
    List<String> pages = pages(api);
    browser.signIn().resize(width, 900);
    browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    List<String> found = new ArrayList<>();
    choose(browser, language);
    try {
      pages.forEach(path -> found.addAll(grave(browser.go(path), path)));
    } finally {
      choose(browser, "en");
    }
    browser.forgive(); // the page that is not there
    assertThat(found).isEmpty();
  }

  @Test
  void theSignInIsOpenToEverybody(Browser browser) {
    assertThat(grave(browser.go("/sign-in"), "/sign-in")).isEmpty();
  }

  @Test
  void inTheColoursOfTheSystemChosenThingsAreStillSeen(Browser browser, Api api) {
    pages(api);
    browser.signIn().page().emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    Page page = browser.go("/messages?q=api");
    browser.screenshot("forced-colours");
    assertThat(differs(page, ".tab[aria-current]", ".tab:not([aria-current])")).as("the tab that is open").isTrue();
    assertThat(differs(page, ".nav-link[aria-current]", ".nav-link:not([aria-current])")).as("the page in the menu").isTrue();
    page.locator("#filter-q").focus();
    assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).as("the ring").isNotEqualTo("none");
  }

  /** Whether two elements look different to somebody who sees the system's colours only. */
  private static boolean differs(Page page, String one, String other) {
    String look = "s => { const c = getComputedStyle(document.querySelector(s)); return [c.color, c.backgroundColor, c.borderColor,"
        + " c.fontWeight, c.textDecorationLine, c.outlineStyle].join() }";
    return !page.evaluate(look, one).equals(page.evaluate(look, other));
  }

  private static List<String> grave(Page page, String path) {
    page.evaluate(LIKE_ROWS_GO);
    return new AxeBuilder(page).options(violationsOnly()).setLegacyMode(true).analyze().getViolations().stream()
        .filter(rule -> GRAVE.contains(rule.getImpact()))
        .flatMap(rule -> rule.getNodes().stream().map(node -> path + " " + rule.getId() + ": " + node.getHtml())).toList();
  }

  /** All rules run; what passes is not described, element by element, only to be thrown away. */
  private static AxeRunOptions violationsOnly() {
    var options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return options;
  }

  private static void choose(Browser browser, String language) {
    Page page = browser.go("/messages");
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[name=language][value=" + language + "]");
    page.waitForLoadState();
  }
}
