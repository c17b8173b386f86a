package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.Problem;

class CsrfTest {

  private final Csrf csrf = new Csrf(new SecurityConfig(
      name -> Optional.ofNullable(Map.of("allowed.origins", "https://chat.example, https://other.example:8443").get(name))));

  @ParameterizedTest
  @ValueSource(strings = {"null", "https://evil.example", "http://tracker.example:8000", "https://tracker.example.evil.example",
      "https://evil.example/tracker.example", "tracker.example", "file://", "https://"})
  void aPageOfAnotherOriginChangesNothing(String origin) {
    assertThatThrownBy(() -> csrf.requireOwnPage(Asking.post("/messages").with("Origin", origin).request()))
        .isInstanceOf(Problem.class).satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(403));
  }

  @ParameterizedTest
  @CsvSource({"tracker.example, https://tracker.example", "tracker.example:8000, http://tracker.example:8000",
      "TRACKER.example, https://tracker.EXAMPLE", "tracker.example:443, https://tracker.example", "[::1]:8000, http://[::1]:8000"})
  void ourOwnPageMayChangeThings(String host, String origin) {
    assertThatCode(() -> csrf.requireOwnPage(Asking.post("/messages").with("Host", host).with("Origin", origin)
        .with("Sec-Fetch-Site", "same-origin").request())).doesNotThrowAnyException();
  }

  @Test
  void aPageBehindAProxyThatHidesThePortIsStillOurs() {
    assertThatCode(() -> csrf.requireOwnPage(Asking.post("/messages").with("Host", "app")
        .with("X-Forwarded-Host", "tracker.example:8443").with("Origin", "https://tracker.example:8443").request()))
        .doesNotThrowAnyException();
  }

  @Test
  void anOriginThatTheOperatorAllowsMayChangeThings() {
    assertThatCode(() -> csrf.requireOwnPage(Asking.post("/messages").with("Origin", "https://other.example:8443")
        .with("Sec-Fetch-Site", "cross-site").request())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void theBrowserSaysThatAnotherSiteAsks(String site) {
    assertThatThrownBy(() -> csrf.requireOwnPage(Asking.post("/messages").with("Sec-Fetch-Site", site).request()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void theTokenOfOneSessionIsNotThatOfAnother() {
    String olenas = Csrf.tokenOf("cookie of olena");
    assertThat(olenas).isNotEqualTo(Csrf.tokenOf("cookie of kevin")).doesNotContain("olena");
    assertThatCode(() -> csrf.requireToken(olenas, olenas)).doesNotThrowAnyException();
    assertThatThrownBy(() -> csrf.requireToken(Csrf.tokenOf("cookie of kevin"), olenas)).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> csrf.requireToken(null, olenas)).isInstanceOf(Problem.class);
  }

  @Test
  void anEmptyTokenIsNeverTheRightOne() {
    assertThatThrownBy(() -> csrf.requireToken("", "")).isInstanceOf(Problem.class);
  }
}
