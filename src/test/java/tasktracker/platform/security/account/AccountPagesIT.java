package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** Accounts, tokens and the audit log, in a real browser. */
@ProductTest
class AccountPagesIT {

  @Test
  void aNewUserSignsInAndChangesThePassword(Product product, Browser browser) {
    String kevin = "kevin-" + UUID.randomUUID().toString().substring(0, 8);
    Page page = browser.signIn().go("/system/accounts");
    page.fill("#new-name", kevin);
    page.fill("#new-shown", "Kevin");
    page.selectOption("#new-role", "reader");
    page.fill("#new-password", "five tall giraffes");
    page.locator("form:has(#new-name)").getByRole(com.microsoft.playwright.options.AriaRole.BUTTON).click();
    assertThat(page.locator("main").textContent()).contains("Account created.", kevin);
    Locator row = page.locator("tr:has-text('" + kevin + "')");
    row.locator("summary").click();
    row.locator("select").selectOption("reviewer");
    row.locator("form[action$='/role'] button").click();
    assertThat(page.locator("main").textContent()).contains("Role changed.");
    assertThat(page.locator("tr:has-text('" + kevin + "') td").nth(2).textContent()).isEqualTo("Reviewer");
    signOut(page);
    browser.signIn(kevin, "five tall giraffes");
    browser.go("/account");
    page.fill("#present", "five tall giraffes");
    page.fill("#password", "nine small otters");
    page.fill("#again", "nine small otters");
    page.click("form:has(#again) button");
    assertThat(page.locator("main").textContent()).contains("Password changed.");
    assertThat(page.locator("a[href='/system/accounts']").count()).as("the menu of a reviewer").isZero();
  }

  private static void signOut(Page page) {
    page.click("[popovertarget=user-menu]");
    page.click("form[action='/sign-out'] button");
    page.waitForURL(address -> address.endsWith("/sign-in"));
  }

  @Test
  void aTokenIsShownOnceAndWorks(Product product, Browser browser) {
    String name = "ci-" + UUID.randomUUID().toString().substring(0, 8);
    Page page = browser.signIn().go("/system/tokens");
    page.fill("#token-name", name);
    page.click("form:has(#token-name) button");
    String token = page.locator("#made-token").textContent();
    assertThat(product.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/me").status()).isEqualTo(200);
    browser.go("/system/tokens");
    assertThat(page.locator("main").textContent()).contains(name).doesNotContain(token);
    Locator row = page.locator("tr:has-text('" + name + "')");
    row.locator("button").click();
    assertThat(page.locator("tr:has-text('" + name + "')").textContent()).contains("Revoked");
    assertThat(product.anonymous().with("Authorization", "Bearer " + token).get("/api/v1/me").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in", "/account", "/system/accounts", "/system/tokens", "/system/audit"})
  void noPageScrollsSidewaysOnAPhone(String path, Product product, Browser browser) {
    if (!path.equals("/sign-in")) {
      browser.signIn();
    }
    Page page = browser.resize(375, 800).go(path);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth")).isLessThanOrEqualTo(375);
    browser.screenshot("phone" + path.replace('/', '-'));
    browser.resize(1440, 900);
    browser.screenshot("wide" + path.replace('/', '-'));
  }

  @Test
  void aVisitorChoosesALanguageBeforeSigningIn(Browser browser) {
    Page page = browser.go("/sign-in");
    assertThat(page.locator("h1").textContent()).isEqualTo("Sign in");
    page.click("button[value=uk]");
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo("uk");
    assertThat(page.locator("h1").textContent()).isEqualTo("Вхід");
    page.reload();
    assertThat(page.locator("html").getAttribute("lang")).isEqualTo("uk");
  }

  @Test
  void aWrongPasswordIsShownInTheForm(Browser browser) {
    Page page = browser.go("/sign-in");
    page.fill("#name", "olena");
    page.fill("#password", "wrong");
    page.click("form:has(#password) button");
    assertThat(page.locator("main [role=alert]").textContent()).contains("Incorrect username or password.");
    assertThat(page.locator("#name").inputValue()).isEqualTo("olena");
  }
}
