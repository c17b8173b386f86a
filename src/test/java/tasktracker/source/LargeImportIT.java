package tasktracker.source;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** The main job on real input: Olena brings in a year of a group's meetings, by the page and before her eyes. */
@ProductTest
@Isolated("it gives the product three minutes on two processors, which must then be there")
class LargeImportIT {

  private static final int MESSAGES = 10_554;
  private static final Duration SEARCHABLE_WITHIN = Duration.ofMinutes(3);
  private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  @TempDir Path folder;
  private final Product product;
  private final Api api;

  LargeImportIT(Product product, Api api) {
    this.product = product;
    this.api = api;
  }

  @Test
  void aSecondImportOfALargeFileStoresNothingNew(Browser browser) throws IOException {
    Path year = year();
    Page page = browser.signIn().page();
    String first = lookFirst(browser, year);
    assertThat(rehearsal(page)).containsText("New: 10,554, duplicates: 0", SOON);
    assertThat(stored(first)).as("a rehearsal stores nothing").isZero();
    browser.screenshot("year-rehearsed");

    Instant begun = Instant.now();
    startAndSeeTheBarMove(page);
    assertThat(progress(page)).containsText("10,554 of 10,554", SOON);
    browser.screenshot("year-done");
    assertThat(api.get("/api/v1/imports/" + first).expect(200).json().getInt("messages_stored")).isEqualTo(MESSAGES);
    assertThat(stored(first)).isEqualTo(MESSAGES);

    // Scoring and embedding go on meanwhile; importing again must neither disturb them nor add anything.
    String second = lookFirst(browser, year);
    assertThat(rehearsal(page)).containsText("New: 0, duplicates: 10,554", SOON);
    start(page);
    assertThat(progress(page)).containsText("No new messages: 10,554 duplicates skipped", SOON);
    browser.screenshot("year-again");
    assertThat(stored(second)).isZero();
    assertThat(stored(first)).isEqualTo(MESSAGES);

    Await.until("all are scored and embedded", SEARCHABLE_WITHIN.minus(Duration.between(begun, Instant.now())),
        () -> unfinished(first) == 0);
    JsonObject pipeline = api.get("/api/v1/pipeline").expect(200).json();
    assertThat(pipeline.getInt("messages")).isEqualTo(pipeline.getInt("scored") + pipeline.getInt("unscored"));
    assertThat(pipeline.getInt("embedded")).isGreaterThan(MESSAGES / 2);
  }

  private static String lookFirst(Browser browser, Path year) {
    Page page = browser.go("/ingestion");
    page.setInputFiles("input[type=file]", year);
    page.click("button[name=dry_run][value=true]");
    page.waitForURL(Pattern.compile(".*/ingestion/[0-9a-f-]{36}"));
    return page.url().replaceFirst(".*/", "");
  }

  private static Locator rehearsal(Page page) {
    return page.locator("#import-anew");
  }

  private static Locator progress(Page page) {
    return page.locator("section[id^='import-'][aria-live]");
  }

  private static void start(Page page) {
    rehearsal(page).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Import")).click();
  }

  /** What the bar shows is written down until it is full; the page is never asked for again. */
  private static void startAndSeeTheBarMove(Page page) {
    start(page);
    page.waitForLoadState();
    page.evaluate("window.neverReloaded = true");
    Set<Long> seen = new TreeSet<>();
    Await.until("the bar is full", SEARCHABLE_WITHIN, () -> {
      Number at = (Number) page.evaluate("document.querySelector('main progress')?.value ?? 0");
      seen.add(at.longValue());
      return at.longValue() == MESSAGES;
    });
    assertThat(seen).as("places the bar stood at").hasSizeGreaterThan(3);
    assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
  }

  private long stored(String importId) {
    return product.count("select count(distinct (chat_id, external_id)) from message where import_id = ?::uuid", importId);
  }

  private long unfinished(String importId) {
    return product.count("""
        select count(*) from message m where import_id = ?::uuid and (importance_score is null
            or content ~ '\\S' and not exists (select from message_embedding e where e.message_id = m.id))""", importId);
  }

  /** A real group's meetings of 2020, where they lie beside the project; else as many made-up messages. */
  private Path year() throws IOException {
    Path year = Path.of("..", "shared", "data", "telegram-export", "credentials-cg-2020.json");
    return Files.exists(year) ? year : madeUp();
  }

  private Path madeUp() throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"name\": \"Team\", \"type\": \"private_supergroup\", \"id\": 1717171717, \"messages\": ["
        + IntStream.rangeClosed(1, MESSAGES).mapToObj(i -> """
            {"id": %d, "type": "message", "date_unixtime": "%d", "from": "Person %d", "from_id": "user%d", "text": "message number %d"}"""
            .formatted(i, 1_700_000_000 + i, i % 7, i % 7, i)).collect(Collectors.joining(",\n"))
        + "]}");
    return file;
  }
}
