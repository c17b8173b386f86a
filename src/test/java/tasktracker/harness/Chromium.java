package tasktracker.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The browser process, one for each test run. It uses the installed Chromium; nothing is downloaded. */
final class Chromium implements AutoCloseable {
  /** Default timeout of page operations in milliseconds. A test with other requirements sets its own. */
  static final double PATIENCE = 15_000;

  static {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  private static final List<String> QUIET = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
      "--lang=en-US");
  private final Playwright playwright = Playwright
      .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final com.microsoft.playwright.Browser process = playwright.chromium()
      .launch(new BrowserType.LaunchOptions().setExecutablePath(program()).setArgs(QUIET).setHeadless(true));

  private static Path program() {
    return Stream.of(System.getenv().getOrDefault("CHROMIUM", ""), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium",
        "/usr/bin/google-chrome")
        .filter(name -> !name.isEmpty()).map(Path::of).filter(Files::isExecutable).findFirst()
        .orElseThrow(() -> new IllegalStateException("No Chromium: bin/test gets one, or set CHROMIUM to its path"));
  }

  /** Cookies and storage of their own, a screen of 1280 by 800. */
  BrowserContext profile() {
    return process.newContext(new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 800)
        .setLocale("en-US").setTimezoneId("UTC").setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE));
  }

  @Override
  public void close() {
    process.close();
    playwright.close();
  }
}
