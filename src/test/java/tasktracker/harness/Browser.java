package tasktracker.harness;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A browser session of one test. Errors of a page (script errors, violations of the content security policy, responses of
 * 500 and above) fail the test at its end, unless it calls {@link #forgive}.
 */
public final class Browser implements AutoCloseable {
  private final BrowserContext profile;
  private final String url;
  private final AdminSession session;
  private @Nullable Chromium process;
  private final Page page;
  private @Nullable BrowserContext scriptlessContext;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Browser(BrowserContext profile, String url, AdminSession session) {
    this.profile = profile;
    this.url = url;
    this.session = session;
    profile.setDefaultTimeout(Chromium.PATIENCE);
    this.page = open();
  }

  /** A browser for a product that the test has created itself. */
  public static Browser of(Product product) {
    Chromium chromium = new Chromium();
    Browser browser = new Browser(chromium.profile(), product.url(), new AdminSession());
    browser.process = chromium;
    return browser;
  }

  private Page open() {
    var opened = profile.newPage();
    opened.onConsoleMessage(this::checkConsole);
    opened.onPageError(error -> errors.add("script: " + error));
    opened.onResponse(this::checkResponse);
    return opened;
  }

  private void checkConsole(ConsoleMessage message) {
    // The browser also logs each response of 400 and above; responses are checked by their status.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      errors.add("console: " + message.text());
    }
  }

  private void checkResponse(Response response) {
    if (response.status() >= 500 || response.status() == 404 && response.url().contains("/assets/")) {
      errors.add(response.status() + " " + response.url());
    }
  }

  /** The administrator is signed in, and has no page open yet; see {@link AdminSession}. */
  public Browser signIn() {
    if (!session.lend(profile, url)) {
      signIn(Product.ADMIN, Product.ADMIN_PASSWORD);
      session.keep(profile);
      page.navigate("about:blank");
    }
    return this;
  }

  /** Signs a user in by the sign-in page. */
  public Browser signIn(String name, String password) {
    go("/sign-in");
    page.fill("input[name=name]", name);
    page.fill("input[name=password]", password);
    page.click("form:has(input[name=password]) button[type=submit]");
    page.waitForURL(address -> !address.contains("/sign-in"));
    return this;
  }

  /** Opens a page of the product, such as {@code /messages}. */
  public Page go(String path) {
    page.navigate(url + path);
    return page;
  }

  public Page page() {
    return page;
  }

  /** A second window with the same session. */
  public Page anotherWindow() {
    return open();
  }

  /** A browser without JavaScript and without a session. */
  public Page withoutScripts() {
    scriptlessContext = profile.browser().newContext(new com.microsoft.playwright.Browser.NewContextOptions()
        .setJavaScriptEnabled(false).setViewportSize(1280, 800).setLocale("en-US").setTimezoneId("UTC").setBaseURL(url));
    scriptlessContext.setDefaultTimeout(30_000); // Each step loads a whole page.
    Page opened = scriptlessContext.newPage();
    opened.onResponse(this::checkResponse);
    return opened;
  }

  /** Sets the size of the viewport. */
  public Browser resize(int width, int height) {
    page.setViewportSize(width, height);
    return this;
  }

  /** Sets the preferred language, such as {@code uk}. */
  public Browser speak(String language) {
    profile.setExtraHTTPHeaders(Map.of("Accept-Language", language));
    return this;
  }

  /** Ignores the errors so far, which the test expects. */
  public void forgive() {
    errors.clear();
  }

  public List<String> complaints() {
    return List.copyOf(errors);
  }

  /** Saves a screenshot below target/screenshots. */
  public Path screenshot(String name) {
    var file = ProjectPaths.folder("screenshots").resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    return file;
  }

  void finish(String test, boolean failed) {
    if (failed) {
      screenshot(test);
    } else if (!errors.isEmpty()) {
      throw new AssertionError("The page complained: " + String.join("\n", errors));
    }
  }

  @Override
  public void close() {
    profile.close();
    if (scriptlessContext != null) {
      scriptlessContext.close();
    }
    if (process != null) {
      process.close();
    }
  }
}
