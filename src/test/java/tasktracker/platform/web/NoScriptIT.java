package tasktracker.platform.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Every workflow works in a browser without JavaScript, by links, forms and confirmation pages. */
@ProductTest
class NoScriptIT {

  private static final LocatorAssertions.ContainsTextOptions WITHIN_A_MINUTE = new LocatorAssertions.ContainsTextOptions()
      .setTimeout(60_000);
  private final String word = "vireo" + UUID.randomUUID().toString().substring(0, 8);
  @TempDir Path folder;

  @Test
  void everyWorkflowWorksWithoutScripts(Browser browser) throws IOException {
    Page page = signIn(browser);
    importFile(page);
    filterAndRead(page);
    correctAndUndo(page);
    search(page);
    deleteAndRestore(page, browser);
    signOut(page);
  }

  @Test
  void everyPageOfTheMenuWorksWithoutScripts(Browser browser) {
    Page page = signIn(browser);
    List<String> menu = page.locator("nav a[href^='/']").all().stream().map(a -> a.getAttribute("href")).distinct().toList();
    assertThat(menu).contains("/", "/messages", "/search", "/ingestion", "/noise-filtering", "/system/jobs", "/system");
    for (String path : menu) {
      Response answer = page.navigate(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(page.locator("main h1").first()).isVisible();
      assertThat(page.locator(".js-only:visible")).hasCount(0);
      assertThat(page.locator("progress:not([value])")).hasCount(0);
    }
    switchToUkrainianAndBack(page);
    previewThresholds(page);
    enqueueDemoJob(page);
  }

  private Page signIn(Browser browser) {
    Page page = browser.withoutScripts();
    page.navigate("/messages");
    page.fill("input[name=name]", Product.ADMIN);
    page.fill("input[name=password]", Product.ADMIN_PASSWORD);
    page.click("button[type=submit]");
    assertThat(page).hasURL(Pattern.compile(".*/messages$"));
    return page;
  }

  private void importFile(Page page) throws IOException {
    page.click("nav a[href='/ingestion']");
    page.setInputFiles("input[type=file]", export());
    page.click("button[name=dry_run][value=true]");
    assertThat(page.locator("main")).containsText("3 messages in 1 chat from 1 author. New: 3", WITHIN_A_MINUTE);
    page.click("form[action$='/start'] button");
    assertThat(page.locator("section[id^='import-']").first()).containsText("Completed", WITHIN_A_MINUTE);
    page.click("main a[href^='/messages?import=']");
  }

  private void filterAndRead(Page page) {
    page.fill("#filter-q", word);
    page.click("#filters > noscript > button");
    assertThat(page.locator("[data-item]")).hasCount(3);
    page.click("th a[href*='sort=oldest']");
    assertThat(page.locator("[data-item]").first()).containsText("number 1");
    page.locator("[data-open]").first().click();
    assertThat(page.locator("#reader .content")).containsText(word + " number 1");
    assertThat(page.locator("#reader .talk .here")).containsText(word + " number 1");
  }

  private static void correctAndUndo(Page page) {
    page.click("form[action$='/correction'] button[value=noise]");
    assertThat(page.locator(".correct")).containsText("admin");
    page.click("form[action$='/correction/undo'] button");
    assertThat(page.locator("form[action$='/correction/undo']")).hasCount(0);
    assertThat(page.locator("#reader .content")).isVisible();
  }

  private void search(Page page) {
    page.click(".search-opener");
    page.fill("#search-q", word);
    page.click("#search-form button");
    assertThat(page.locator("#found [id^='hit-']").first()).containsText(word, WITHIN_A_MINUTE);
    page.locator("#found [id^='hit-'] [data-open]").first().click();
    assertThat(page.locator("#reader .content")).containsText(word);
  }

  private void deleteAndRestore(Page page, Browser browser) {
    page.navigate("/messages?q=" + word);
    page.click("button[formaction='/messages/deleted/new']");
    assertThat(page.locator("main")).containsText("Select at least one message");
    page.goBack();
    List<Locator> boxes = page.locator("input[data-select]").all();
    boxes.get(0).check();
    boxes.get(2).check();
    page.click("button[formaction='/messages/deleted/new']");
    assertThat(page.locator("h1")).containsText("Delete 2 messages");
    page.click("main button.danger");
    Locator deletion = page.locator("tr[id^=deletion-]").first();
    assertThat(deletion).containsText("2");
    page.navigate("/messages?q=" + word);
    assertThat(page.locator("[data-item]")).hasCount(1);
    page.navigate("/messages/deleted");
    deletion.locator("form button").click();
    page.navigate("/messages?q=" + word);
    assertThat(page.locator("[data-item]")).hasCount(3);
  }

  private static void signOut(Page page) {
    page.click("[popovertarget=user-menu]");
    page.click("form[action='/sign-out'] button");
    page.navigate("/messages");
    assertThat(page.locator("input[name=password]")).isVisible();
  }

  private static void switchToUkrainianAndBack(Page page) {
    page.navigate("/messages?q=deploy");
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[value=uk]");
    assertThat(page.locator("h1")).hasText("Повідомлення");
    assertThat(page).hasURL(Pattern.compile(".*/messages\\?q=deploy"));
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[value=en]");
    assertThat(page.locator("h1")).hasText("Messages");
  }

  private static void previewThresholds(Page page) {
    page.navigate("/noise-filtering");
    page.click("a[href='/noise-filtering/policy']");
    page.fill("#what-signal", "0.95");
    page.click("#policy-form button:not([formmethod])");
    assertThat(page.locator("#what-if [role=status]")).containsText("would change");
    page.navigate("/noise-filtering");
    page.click("nav .segments a[href*='days=30']");
    assertThat(page).hasURL(Pattern.compile(".*days=30.*"));
  }

  private static void enqueueDemoJob(Page page) {
    page.navigate("/system/jobs");
    page.fill("#demo-text", "good morning");
    page.click("form[action='/system/jobs/demonstration'] button");
    assertThat(page.locator("main")).containsText("process_message");
    page.navigate("/system/jobs");
    page.selectOption("#filter-queue", "bulk");
    page.click("main form[action='/system/jobs'] button");
    assertThat(page).hasURL(Pattern.compile(".*queue=bulk.*"));
  }

  private Path export() throws IOException {
    long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"name\": \"Birds\", \"type\": \"private_supergroup\", \"id\": " + chat + ", \"messages\": ["
        + IntStream.rangeClosed(1, 3)
            .mapToObj(
                i -> """
            {"id": %d, "type": "message", "date_unixtime": "%d", "from": "Olena", "from_id": "user%d", "text": "the deploy of %s number %d"}"""
                    .formatted(i, 1_700_000_000 + i, chat, word, i))
            .collect(Collectors.joining(",\n"))
        + "]}");
    return file;
  }
}
