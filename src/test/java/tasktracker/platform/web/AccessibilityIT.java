package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** Accessibility of every page: axe finds no serious or critical violation. */
@ProductTest
class AccessibilityIT {

  private static final Set<String> IMPACTS = Set.of("serious", "critical");
  /** Removes rows of a list with the same structure and classes except two, which saves most of the time. */
  private static final String REMOVE_SIMILAR_ROWS = """
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
    String deleted = api.get("/api/v1/messages?chat_id=" + api.chat(chat)).expect(200).json().getJsonArray("items")
        .getJsonObject(2).getString("id");
    api.delete("/api/v1/messages/" + deleted).expect(204);
    return List.of("/", "/messages", "/messages?q=nothing-like-this", "/messages/" + message, "/messages/deleted", "/search",
        "/search?q=api",
        "/ingestion", "/noise-filtering", "/noise-filtering/policy", "/system/jobs", "/account", "/system/accounts", "/system/tokens",
        "/system/audit", "/atoms",
        "/atoms/new", "/topics", "/topics/new", "/versions", "/decisions",
        "/extraction", "/analysis", "/proposals", "/proposals?status=all", "/tasks", "/tasks?status=all",
        "/providers", "/providers/new", "/providers/calls", "/providers/prices", "/agent-prompts", "/agent-prompts/knowledge_extraction",
        "/agents", "/agents/new", "/agent-tasks", "/agent-tasks/new", "/start", "/settings/outbound",
        "/no/such/page");
  }

  @ParameterizedTest
  @CsvSource({"en, LIGHT, 1440", "uk, DARK, 1440", "uk, LIGHT, 375", "en, DARK, 375"})
  void noPageHasASeriousViolation(String language, ColorScheme scheme, int width, Browser browser, Api api) {
    List<String> pages = pages(api);
    browser.signIn().resize(width, 900);
    browser.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
    List<String> found = new ArrayList<>();
    chooseLanguage(browser, language);
    try {
      pages.forEach(path -> found.addAll(violations(browser.go(path), path)));
    } finally {
      chooseLanguage(browser, "en");
    }
    browser.forgive(); // The error page answers 404.
    assertThat(found).isEmpty();
  }

  @Test
  void theSignInPageIsAccessible(Browser browser) {
    assertThat(violations(browser.go("/sign-in"), "/sign-in")).isEmpty();
  }

  @Test
  void selectedItemsAreVisibleInForcedColours(Browser browser, Api api) {
    pages(api);
    browser.signIn().page().emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    Page page = browser.go("/messages?q=api");
    browser.screenshot("forced-colours");
    assertThat(differs(page, ".tab[aria-current]", ".tab:not([aria-current])")).as("the selected tab").isTrue();
    assertThat(differs(page, ".nav-link[aria-current]", ".nav-link:not([aria-current])")).as("the current page in the menu").isTrue();
    page.locator("#filter-q").focus();
    assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).as("focus ring").isNotEqualTo("none");
  }

  /** Returns whether two elements look different in forced colours. */
  private static boolean differs(Page page, String one, String other) {
    String look = "s => { const c = getComputedStyle(document.querySelector(s)); return [c.color, c.backgroundColor, c.borderColor,"
        + " c.fontWeight, c.textDecorationLine, c.outlineStyle].join() }";
    return !page.evaluate(look, one).equals(page.evaluate(look, other));
  }

  private static List<String> violations(Page page, String path) {
    page.evaluate(REMOVE_SIMILAR_ROWS);
    return new AxeBuilder(page).options(violationsOnly()).setLegacyMode(true).analyze().getViolations().stream()
        .filter(rule -> IMPACTS.contains(rule.getImpact()))
        .flatMap(rule -> rule.getNodes().stream().map(node -> path + " " + rule.getId() + ": " + node.getHtml())).toList();
  }

  /** Runs all rules and the experimental one about names, but reports violations only. */
  private static AxeRunOptions violationsOnly() {
    var options = new AxeRunOptions();
    var enabled = new AxeRuleOptions();
    enabled.setEnabled(true);
    options.setRules(Map.of("label-content-name-mismatch", enabled));
    options.setResultTypes(List.of("violations"));
    return options;
  }

  private static void chooseLanguage(Browser browser, String language) {
    Page page = browser.go("/messages");
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[name=language][value=" + language + "]");
    page.waitForSelector("html[lang=" + language + "]");
  }
}
