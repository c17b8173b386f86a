package tasktracker.summary;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Await;
import tasktracker.harness.Browser;
import tasktracker.harness.Product;

/** A new installation, seen by somebody who follows what stands on the screen. */
class FirstStepsIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final LocatorAssertions.ContainsTextOptions PATIENTLY = new LocatorAssertions.ContainsTextOptions()
      .setTimeout(PATIENCE.toMillis());

  @Test
  void kevinComesFromNothingToHisFirstDecision() {
    try (Product product = Product.quick("first-steps", Map.of()).start(); Browser browser = Browser.of(product)) {
      Page page = browser.signIn().go("/start");
      Locator steps = page.locator("#start-steps > li");
      assertThat(steps.nth(0)).containsText("Next");
      assertThat(steps.nth(1)).containsText("Locked");
      assertThat(page.locator("live-socket .word")).hasText("Live");
      Page other = browser.anotherWindow();
      other.navigate(page.url().replace("/start", "/"));
      other.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Import sample")).click();
      assertThat(steps.nth(0)).containsText("Done", PATIENTLY);
      assertThat(steps.nth(1)).containsText("Done", PATIENTLY);
      other.navigate(page.url().replace("/start", "/messages"));
      assertThat(other.locator("main")).containsText("Kvitka", PATIENTLY);
      Await.until("the sample is examined", PATIENCE, () -> product.count("select count(*) from atom") > 0);
      steps.nth(3).getByRole(AriaRole.LINK).click();
      page.locator(".atom-card button.primary").first().click();
      Await.until("an atom is approved", PATIENCE, () -> product.count("select count(*) from atom where status = 'approved'") > 0);
      other.navigate(page.url().replaceAll("/atoms.*", "/start"));
      assertThat(other.locator("#start-steps > li").nth(3)).containsText("Done");
    }
  }
}
