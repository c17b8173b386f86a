package tasktracker.source;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Olena imports a chat by the page. */
@ProductTest
class IngestionPageIT {

  private static final LocatorAssertions.ContainsTextOptions SOON = new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  private static final Pattern IMPORT = Pattern.compile(".*/ingestion/[0-9a-f-]{36}");
  @TempDir Path folder;

  @Test
  void anImportIsPreviewedStartedCompletedAndUndone(Browser browser) throws IOException {
    browser.signIn();
    Page page = browser.go("/ingestion");
    page.setInputFiles("input[type=file]", export(1500));
    page.click("button[name=dry_run][value=true]");
    page.waitForURL(IMPORT);
    assertThat(page.locator(".page-head h1")).hasText("result.json");
    Locator region = page.locator("#import-anew");
    assertThat(region).containsText("<b>Команда</b>", SOON);
    assertThat(region).containsText("1,500");
    region.getByRole(com.microsoft.playwright.options.AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Import")).click();
    assertThat(page.locator("section[id^='import-']").first()).containsText("Completed", SOON);
    browser.screenshot("ingestion");
    page.reload();
    assertThat(page.locator("progress")).hasAttribute("value", "1500");
    page.click("details:has(form[action$='/undo']) > summary");
    page.click("form[action$='/undo'] button");
    assertThat(page.locator("section[id^='import-']").first()).containsText("Undone", SOON);
    assertThat(browser.go("/ingestion").locator("#import-list")).containsText("result.json");
  }

  @Test
  void aFileThatIsNoExportIsRefusedBesideTheField(Browser browser) throws IOException {
    browser.signIn();
    Page page = browser.go("/ingestion");
    Path file = folder.resolve("notes.json");
    Files.writeString(file, "{\"messages\": [\n{\"id\" 1}]}");
    page.setInputFiles("input[type=file]", file);
    page.click("button[name=dry_run][value=false]");
    assertThat(page.locator("#import-file-error")).containsText("line ");
    assertThat(page.locator("input[type=file]")).isVisible();
  }

  /** Neither by her browser, which would send all of it first, nor, when that says nothing, by the server. */
  @Test
  void aFileThatIsTooLargeIsRefusedBeforeAndAfterItIsSent(Browser browser) throws IOException {
    Page page = browser.signIn().go("/ingestion");
    page.setInputFiles("input[type=file]", export("[], \"x\": \"" + "x".repeat(47_000_000) + "\""));
    page.click("button[name=dry_run][value=true]");
    Assertions.assertThat(page.locator("input[type=file]").evaluate("input => input.validationMessage"))
        .isEqualTo("The file size is limited to 45 MB (MAX_UPLOAD).");
    page.locator("form.form").evaluate("form => { form.noValidate = true; }");
    page.click("button[name=dry_run][value=true]");
    assertThat(page.locator("#import-file-error"))
        .containsText("The file was not accepted. The file size is limited to 45 MB (MAX_UPLOAD).");
    page.setInputFiles("input[type=file]", export(1));
    page.click("button[name=dry_run][value=true]");
    page.waitForURL(IMPORT);
  }

  @Test
  void aRejectedFileIsExplainedInUkrainian(Browser browser) throws IOException {
    Page page = browser.signIn().go("/ingestion");
    try {
      prefer(page, "uk");
      page.setInputFiles("input[type=file]", export("[\n{\"id\" 1}]"));
      page.click("button[name=dry_run][value=false]");
      assertThat(page.locator("#import-file-error")).containsText("Файл не прийнято. JSON пошкоджено у рядку 2, стовпці ");
    } finally {
      prefer(browser.go("/ingestion"), "en");
    }
  }

  /** Of a large file only the beginning is read before the upload is answered: the rest fails where nobody waits for an answer. */
  @Test
  void aFailedDryRunIsExplainedInEachReadersLanguage(Product product, Browser browser) throws IOException {
    Page page = browser.signIn().go("/ingestion");
    try {
      prefer(page, "uk");
      page.setInputFiles("input[type=file]", export("[" + longMessages(1100) + ",\n{\"id\" 1}]"));
      page.click("button[name=dry_run][value=true]");
      page.waitForURL(IMPORT);
      assertThat(page.locator("section[id^='import-']").first()).containsText("JSON пошкоджено у рядку 1101, стовпці ", SOON);
      page.reload();
      assertThat(page.locator("section[id^='import-']").first()).containsText("JSON пошкоджено у рядку 1101, стовпці ");
    } finally {
      prefer(page, "en");
    }
    assertThat(page.locator("section[id^='import-']").first()).containsText("The JSON is invalid at line 1101, column ");
    String id = page.url().replaceFirst(".*/ingestion/([0-9a-f-]{36}).*", "$1");
    var log = product.api().get("/api/v1/imports/" + id).expect(200).json().getJsonObject("error_log");
    Assertions.assertThat(log.keySet()).containsExactlyInAnyOrder("error", "timestamp");
    Assertions.assertThat(log.getString("error")).startsWith("The JSON is invalid at line 1101, column ");
  }

  private static void prefer(Page page, String language) {
    page.click("[popovertarget=user-menu]");
    page.click("#user-menu button[name=language][value=" + language + "]");
    assertThat(page.locator("html")).hasAttribute("lang", language);
  }

  private static String longMessages(int count) {
    String text = "слово ".repeat(3000);
    return IntStream.rangeClosed(1, count).mapToObj(i -> """
        {"id": %d, "type": "message", "date_unixtime": "%d", "from": "Olena", "from_id": "user7", "text": "%s"}"""
        .formatted(i, 1_700_000_000 + i, text)).collect(Collectors.joining(",\n"));
  }

  private Path export(String messages) throws IOException {
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"name\": \"Команда\", \"type\": \"private_supergroup\", \"id\": 7, \"messages\": " + messages + "}");
    return file;
  }

  private Path export(int messages) throws IOException {
    long chat = 1_000_000_000L + ThreadLocalRandom.current().nextInt(900_000_000);
    Path file = folder.resolve("result.json");
    Files.writeString(file, "{\"name\": \"<b>Команда</b>\", \"type\": \"private_supergroup\", \"id\": " + chat + ", \"messages\": ["
        + IntStream.rangeClosed(1, messages).mapToObj(i -> """
            {"id": %d, "type": "message", "date_unixtime": "%d", "from": "Olena", "from_id": "user7", "text": "слово %d"}"""
            .formatted(i, 1_700_000_000 + i, i)).collect(Collectors.joining(",\n"))
        + "]}");
    return file;
  }
}
