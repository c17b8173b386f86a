package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.TestRequest;
import tasktracker.platform.security.request.CrossOriginProtection;

/** A change of preferences redirects back to the same page, and never to another site. */
class PreferencesRedirectTest {

  @ParameterizedTest
  @CsvSource({
      "https://tracker.example/messages?q=deploy&class=signal, /messages?q=deploy&class=signal",
      "https://tracker.example/messages?q=%D0%B4, /messages?q=%D0%B4",
      "https://tracker.example/sign-in?next=%2Fmessages, /sign-in?next=%2Fmessages",
      "https://tracker.example, /",
      "https://tracker.example//evil.example/x, /",
      "https://tracker.example/sign-out, /",
      "https://evil.example/messages?q=1, /search?q=form",
      "https://tracker.example.evil.example/x, /search?q=form",
      "https://tracker.example@evil.example/x, /search?q=form",
      "http://tracker.example:8000/x, /search?q=form",
      "not an address, /search?q=form"})
  void aRefererOfTheSameOriginIsTheTarget(String referer, String way) {
    assertThat(page(TestRequest.post("/preferences").with("Referer", referer)).redirectTarget(referer, "/search?q=form")).isEqualTo(way);
  }

  @ParameterizedTest
  @CsvSource({"/messages?q=1, /messages?q=1", "//evil.example, /", "https://evil.example/, /", "/sign-in, /sign-in", "/sign-inx, /", ", /"})
  void withoutARefererTheFieldOfTheFormIsTheTarget(String back, String way) {
    assertThat(page(TestRequest.post("/preferences")).redirectTarget(null, back)).isEqualTo(way);
  }

  private static PreferencesPage page(TestRequest asking) {
    PreferencesPage page = new PreferencesPage();
    page.origins = new CrossOriginProtection(new SecurityConfig(name -> Optional.empty()));
    page.request = asking.request();
    return page;
  }
}
