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
 * Somebody in front of the pages. Complaints of the page (script errors, refused by the content security policy,
 * answers of 500 and above) fail the test at its end; a test that provokes one says {@link #forgive}.
 */
public final class Browser implements AutoCloseable {
  private final BrowserContext profile;
  private final String url;
  private final AdminSession session;
  private @Nullable Chromium process;
  private final Page page;
  private @Nullable BrowserContext scriptless;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Browser(BrowserContext profile, String url, AdminSession session) {
    this.profile = profile;
    this.url = url;
    this.session = session;
    profile.setDefaultTimeout(Chromium.PATIENCE);
    this.page = open();
  }

  /** A browser for a product that a test made itself. */
  public static Browser of(Product product) {
    Chromium chromium = new Chromium();
    Browser browser = new Browser(chromium.profile(), product.url(), new AdminSession());
    browser.process = chromium;
    return browser;
  }

  private Page open() {
    var opened = profile.newPage();
    opened.onConsoleMessage(this::listen);
    opened.onPageError(error -> complaints.add("script: " + error));
    opened.onResponse(this::watch);
    return opened;
  }

  private void listen(ConsoleMessage message) {
    // A browser also logs each answer of 400 and above; those are judged by their status.
    if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
      complaints.add("console: " + message.text());
    }
  }

  private void watch(Response response) {
    if (response.status() >= 500 || response.status() == 404 && response.url().contains("/assets/")) {
      complaints.add(response.status() + " " + response.url());
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

  /** Signs somebody in by the sign-in page. */
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

  /** A second window of the same person. */
  public Page anotherWindow() {
    return open();
  }

  /** A browser that runs no scripts, of nobody who has signed in yet. */
  public Page withoutScripts() {
    scriptless = profile.browser().newContext(new com.microsoft.playwright.Browser.NewContextOptions()
        .setJavaScriptEnabled(false).setViewportSize(1280, 800).setLocale("en-US").setTimezoneId("UTC").setBaseURL(url));
    scriptless.setDefaultTimeout(30_000); // each step is a whole page
    Page opened = scriptless.newPage();
    opened.onResponse(this::watch);
    return opened;
  }

  /** Looks at the page through a screen of this size. */
  public Browser resize(int width, int height) {
    page.setViewportSize(width, height);
    return this;
  }

  /** Says in which language the pages are asked for, such as {@code uk}. */
  public Browser speak(String language) {
    profile.setExtraHTTPHeaders(Map.of("Accept-Language", language));
    return this;
  }

  /** Everything the pages complained about so far is as it should be. */
  public void forgive() {
    complaints.clear();
  }

  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** A picture below target/screenshots. */
  public Path screenshot(String name) {
    var file = ProjectPaths.folder("screenshots").resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file));
    return file;
  }

  void finish(String test, boolean failed) {
    if (failed) {
      screenshot(test);
    } else if (!complaints.isEmpty()) {
      throw new AssertionError("The page complained: " + String.join("\n", complaints));
    }
  }

  @Override
  public void close() {
    profile.close();
    if (scriptless != null) {
      scriptless.close();
    }
    if (process != null) {
      process.close();
    }
  }
}
