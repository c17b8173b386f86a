package tasktracker.platform.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import jakarta.json.Json;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;
import tasktracker.platform.web.problem.Problem;

/** Errors are shown in the user's language, and leave the page as it is. */
@ProductTest
class ProblemsIT {

  private final String chat = "problem-" + UUID.randomUUID();
  private final Api api;

  ProblemsIT(Api api) {
    this.api = api;
  }

  private String postMessage(String text) {
    return api
        .post("/api/v1/messages", Json.createObjectBuilder().add("external_message_id", UUID.randomUUID().toString()).add("author", "Olena")
            .add("content", text + " " + chat).add("chat", chat).add("sent_at", "2026-03-02T12:00:00Z").build().toString())
        .expect(201).json().getString("id");
  }

  @Test
  void correctingADeletedMessageShowsALocalizedError(Browser browser) {
    String id = postMessage("soon gone");
    Page page = browser.signIn().go("/messages/" + id + "?q=" + chat);
    try {
      chooseLanguage(page, "uk");
      api.delete("/api/v1/messages/" + id).expect(204);
      page.keyboard().press("2");
      assertThat(toast(page)).hasText("Повідомлення не знайдено.");
      assertThat(page.locator("#reader .content")).containsText("soon gone");
      assertThat(page.locator("#alert")).hasText("Повідомлення не знайдено.");
    } finally {
      chooseLanguage(page, "en");
    }
  }

  @Test
  void anErrorReplacesNeitherTheListNorTheUrl(Browser browser) {
    postMessage("in the list");
    Page page = browser.signIn().go("/messages?q=" + chat);
    page.evaluate("document.querySelector('#filter-from').type = 'text'");
    page.locator(".filter-more > summary").click();
    page.fill("#filter-from", "yesterday");
    page.press("#filter-from", "Tab");
    assertThat(toast(page)).hasText("The value of from is not valid.");
    assertThat(page.locator("[data-item]")).hasCount(1);
    assertThat(page.url()).doesNotContain("yesterday");
    page.evaluate("htmx.ajax('POST', '/messages/" + postMessage("x")
        + "/correction', {target: '#feed', swap: 'outerHTML', values: {verdict: 'great'}})");
    assertThat(page.locator("#toasts .toast.bad .grow").last()).containsText("The verdict must be signal, noise");
    assertThat(page.locator("#feed")).hasCount(1);
  }

  /** An error of the server is shown with its message, an error of a proxy with its status. */
  @ParameterizedTest
  @ValueSource(ints = {403, 404, 409, 422, 429, 500, 503})
  void everyStatusHasItsOwnMessage(int status, Browser browser) {
    String notice = new TemplatePreview().fragment("error/_notice", "toast", Locale.ENGLISH,
        Map.of("problem", new Problem(status, "", "Sentence of " + status)));
    Page page = browser.signIn().go("/messages");
    page.route("**/messages?q=*", route -> route.fulfill(new Route.FulfillOptions().setStatus(status).setContentType("text/html")
        .setHeaders(Map.of("HX-Reswap", "none", "HX-Push-Url", "false")).setBody(notice)));
    page.fill("#filter-q", "anything");
    assertThat(toast(page)).hasText("Sentence of " + status);
    assertThat(page.locator("#feed")).hasCount(1);
    assertThat(page.url()).endsWith("/messages");
    browser.forgive();
  }

  @Test
  void anErrorPageOfAProxyIsNotShown(Browser browser) {
    Page page = browser.signIn().go("/messages");
    page.route("**/messages?q=*",
        route -> route.fulfill(new Route.FulfillOptions().setStatus(502).setContentType("text/html").setBody("<h1>Bad gateway</h1>")));
    page.fill("#filter-q", "anything");
    assertThat(page.locator("#toasts .text")).hasText("The server refused the request (502)");
    assertThat(page.locator("#feed")).hasCount(1);
    browser.forgive();
  }

  @Test
  void theSearchBoxShowsErrorsAmongItsResults(Browser browser) {
    Page page = browser.signIn().go("/messages");
    page.keyboard().press("Control+k");
    page.evaluate(
        "document.querySelector('#palette-q').setAttribute('hx-get', '/search?class=great'), htmx.process(document.querySelector('#palette-q'))");
    page.keyboard().type("word");
    assertThat(page.locator("#palette-results .note.bad")).containsText("The parameter class must be one or more of");
  }

  @Test
  void programsGetEnglishInAnyLanguage() {
    var answer = api.with("Accept", "application/json").with("Accept-Language", "uk").get("/api/v1/messages?page_size=0").expect(400);
    assertThat(answer.json().getString("detail")).startsWith("The parameter page_size must be a whole number");
    assertThat(answer.json().getString("title")).isEqualTo("Bad request");
    assertThat(api.with("Accept", "text/html").with("Accept-Language", "uk").get("/messages?from=gestern").expect(400).body())
        .contains("Неправильне значення параметра from.");
  }

  /** Preferences are changed on the current URL, which htmx may have changed since the page was loaded. */
  @Test
  void choosingALanguageKeepsTheFilters(Browser browser) {
    postMessage("kept by the filter");
    Page page = browser.signIn().go("/messages");
    page.fill("#filter-q", "kept by the filter " + chat);
    page.waitForURL("**q=kept*");
    try {
      chooseLanguage(page, "uk");
      assertThat(page.locator("h1")).hasText("Повідомлення");
      assertThat(page.locator("[data-item]")).hasCount(1);
      assertThat(page.url()).contains("q=kept");
    } finally {
      chooseLanguage(page, "en");
    }
  }

  private static Locator toast(Page page) {
    return page.locator("#toasts .toast.bad .grow").first();
  }

  /** Returns when the choice is stored: the account is that of all tests, and a page that closes earlier cancels the request. */
  private static void chooseLanguage(Page page, String language) {
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[name=language][value=" + language + "]");
    assertThat(page.locator("html")).hasAttribute("lang", language);
  }
}
