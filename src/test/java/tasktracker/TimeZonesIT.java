package tasktracker;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/**
 * Three people in three zones look at the same messages around Sunday, 30 March 2025, when the clock in Kyiv went from 3:00
 * to 4:00. Each sees each message under the day of her own zone.
 */
@ProductTest
class TimeZonesIT {

  private static final String PASSWORD = "five tall giraffes";
  private static final String SUNDAY = "from=2025-03-30&until=2025-03-30";
  /** In Kathmandu five minutes after midnight, in Kyiv and New York still Saturday. */
  private static final Instant EVENING = Instant.parse("2025-03-29T18:20:00Z");
  /** In Kyiv half past midnight in winter time. */
  private static final Instant MIDNIGHT = Instant.parse("2025-03-29T22:30:00Z");
  /** In Kyiv half past midnight in summer time: Monday. */
  private static final Instant NEXT = Instant.parse("2025-03-30T21:30:00Z");
  private final String chat = "zones-" + UUID.randomUUID();

  /**
   * What one person sees.
   *
   * @param ofSunday how many messages are of Sunday
   * @param cells of the heatmap in which they are: day of the week and hour
   */
  private record Viewer(String zone, String browserZone, int ofSunday, List<String> cells, String day, String inReader, String exported) {}

  private static final List<Viewer> VIEWERS = List.of(
      new Viewer("Europe/Kyiv", "Europe/Kyiv", 1, List.of("7-0"), "Mar 31, 2025", "Mar 31, 2025, 12:30", "2025-03-31T00:30:00+03:00"),
      new Viewer("America/New_York", "UTC", 1, List.of("7-17"), "Mar 30, 2025", "Mar 30, 2025, 5:30", "2025-03-30T17:30:00-04:00"),
      new Viewer("Asia/Kathmandu", "Asia/Kathmandu", 2, List.of("7-0", "7-4"), "Mar 31, 2025", "Mar 31, 2025, 3:15",
          "2025-03-31T03:15:00+05:45"));

  @Test
  void eachSeesTheMessageUnderTheirOwnDay(Product product, Browser browser, Api api) {
    List.of(EVENING, MIDNIGHT, NEXT).forEach(at -> say(api, at, "said at " + at, null));
    Await.until("all are scored", Duration.ofSeconds(30), () -> messages(api, "&class=unscored").isEmpty());
    String next = messages(api, "").getFirst().getString("id");
    for (Viewer viewer : VIEWERS) {
      try (BrowserContext context = browser.page().context().browser().newContext(new com.microsoft.playwright.Browser.NewContextOptions()
          .setTimezoneId(viewer.browserZone).setLocale("en-US").setViewportSize(1440, 900).setBaseURL(product.url()))) {
        Page page = signedIn(context.newPage(), api, viewer);
        feed(page, viewer, next);
        reader(page, viewer, next);
        charts(page, viewer);
        export(page, viewer);
        push(page, api, viewer, next);
      }
    }
  }

  /** The browser of the first sign-in tells the zone, and the account page changes it. */
  private static Page signedIn(Page page, Api api, Viewer viewer) {
    String name = "zone-" + UUID.randomUUID().toString().substring(0, 8);
    api.post("/api/v1/accounts", Json.createObjectBuilder().add("name", name).add("display_name", name).add("role", "reviewer")
        .add("password", PASSWORD).build().toString()).expect(201);
    page.navigate("/sign-in");
    page.fill("#name", name);
    page.fill("#password", PASSWORD);
    page.click("form:has(#password) button[type=submit]");
    page.waitForURL(address -> !address.contains("/sign-in"));
    assertThat(page.locator(".page-foot")).hasText("Time zone: " + viewer.browserZone);
    page.navigate("/account");
    page.selectOption("#time-zone", viewer.zone);
    page.click("form:has(#time-zone) button");
    assertThat(page.locator(".page-foot")).hasText("Time zone: " + viewer.zone);
    return page;
  }

  private void feed(Page page, Viewer viewer, String message) {
    page.navigate("/messages?q=" + chat + "&" + SUNDAY);
    assertThat(page.locator("[data-item]")).hasCount(viewer.ofSunday);
    page.navigate("/messages?q=" + chat);
    assertThat(page.locator("#msg-" + message + " time")).hasText(viewer.day);
    String withoutScripts = page.context().request().get("/messages?q=" + chat).text();
    assertThat(withoutScripts).contains(">" + viewer.exported.substring(0, 16).replace('T', ' ') + "</time>");
  }

  private static void reader(Page page, Viewer viewer, String message) {
    page.navigate("/messages/" + message);
    assertThat(page.locator("#reader time[data-local]").first()).containsText(viewer.inReader);
  }

  private static void charts(Page page, Viewer viewer) {
    page.navigate("/?" + SUNDAY);
    assertThat(page.locator(".figure .value").first()).hasText(String.valueOf(viewer.ofSunday));
    assertThat(page.locator("#overview-heat small")).hasText(viewer.zone);
    assertThat(page.locator("#overview-table td.num")).hasCount(viewer.ofSunday);
    for (String cell : viewer.cells) {
      assertThat(page.locator("#heat-1-" + cell + " .sr")).hasText("1");
    }
    page.navigate("/noise-filtering?days=7&until=2025-03-31");
    Locator sunday = page.locator("tr:has(a[href$='from=2025-03-30&until=2025-03-30']) td");
    assertThat(sunday.allTextContents().stream().mapToInt(Integer::parseInt).sum()).isEqualTo(viewer.ofSunday);
  }

  private void export(Page page, Viewer viewer) {
    String csv = page.context().request().get("/messages/export?q=" + chat).text();
    assertThat(csv).contains("," + viewer.exported + ",");
  }

  /** A pushed row is the same for all; the script shows its time in the zone of the account. */
  private void push(Page page, Api api, Viewer viewer, String message) {
    page.navigate("/messages?q=" + chat);
    assertThat(page.locator("live-socket .word")).hasText("Live");
    String edit = "edited for " + viewer.zone;
    say(api, NEXT, edit, Instant.now());
    assertThat(page.locator("#msg-" + message)).containsText(edit);
    assertThat(page.locator("#msg-" + message + " time")).hasText(viewer.day);
    assertThat(page.locator("#msg-" + message + " time")).hasAttribute("title", Pattern.compile("^" + viewer.day + ", "));
  }

  private void say(Api api, Instant at, String text, Instant editedAt) {
    var message = Json.createObjectBuilder().add("external_message_id", at.toString()).add("content", text + " in " + chat)
        .add("sent_at", at.toString()).add("author", "Olena").add("chat", chat).add("chat_title", chat);
    ApiResponse answer = api.post("/api/v1/messages",
        (editedAt == null ? message : message.add("edited_at", editedAt.toString())).build().toString());
    assertThat(answer.status()).isIn(200, 201);
  }

  private List<JsonObject> messages(Api api, String filter) {
    return api.get("/api/v1/messages?q=" + chat + filter).expect(200).json().getJsonArray("items").getValuesAs(JsonObject.class);
  }
}
