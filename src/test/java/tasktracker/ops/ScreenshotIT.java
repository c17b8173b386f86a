package tasktracker.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Api;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;
import tasktracker.harness.Await;

/** The overview after the import of the sample chat; with {@code -Dpictures=docs} its screenshot is saved for the README. */
@ProductTest
class ScreenshotIT {
  @Test
  void theOverviewOfTheSampleChat(Api api, Browser browser) throws IOException {
    var id = api.post("/api/v1/imports/sample", "{}").expect(202).json().getString("id");
    Await.until("the sample chat is imported", Duration.ofSeconds(60),
        () -> api.get("/api/v1/imports/" + id).json().getString("status").equals("completed"));
    Await.forValue("all messages are scored and embedded", Duration.ofSeconds(120),
        () -> api.get("/api/v1/pipeline").json(), ScreenshotIT::isDone);
    var page = browser.signIn().resize(1280, 860).go("/");
    assertThat(page.locator("main")).containsText("signal");
    keep(browser.screenshot("overview"));
  }

  private static boolean isDone(JsonObject pipeline) {
    return pipeline.getInt("messages") > 150 && pipeline.getInt("unscored") == 0 && pipeline.getInt("to_embed") == 0;
  }

  private static void keep(Path picture) throws IOException {
    var folder = System.getProperty("pictures");
    if (folder != null) {
      Files.copy(picture, Path.of(folder).resolve(picture.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
