package tasktracker.ops;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Browser;
import tasktracker.harness.ProductTest;

/** Signing in for the first time. */
@ProductTest
class FirstStartIT {

  @Test
  void anonymousUsersAreSentToTheSignInPage(Browser browser) {
    var page = browser.go("/messages");
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in.*"));
    assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).isVisible();
  }

  @Test
  void theAdministratorSignsInAndSeesTheOverview(Browser browser) {
    var page = browser.signIn().go("/");
    assertThat(page.locator("main h1").first()).isVisible();
    browser.screenshot("first-look");
  }

  @Test
  void aWrongPasswordIsRefused(Browser browser) {
    var page = browser.go("/sign-in");
    page.fill("input[name=name]", "admin");
    page.fill("input[name=password]", "not-the-password");
    page.click("form:has(input[name=password]) button[type=submit]");
    assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/sign-in.*"));
    assertThat(page.locator("[role=alert], .note, .bad").first()).isVisible();
  }
}
