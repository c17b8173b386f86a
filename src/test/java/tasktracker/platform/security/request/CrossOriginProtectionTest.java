package tasktracker.platform.security.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.SecurityConfig;
import tasktracker.platform.security.TestRequest;
import tasktracker.platform.security.access.Credentials;
import tasktracker.platform.web.problem.Problem;

class CrossOriginProtectionTest {

  private final CrossOriginProtection origins = new CrossOriginProtection(new SecurityConfig(
      name -> Optional.ofNullable(Map.of("allowed.origins", "https://chat.example, https://other.example:8443").get(name))));

  @ParameterizedTest
  @ValueSource(strings = {"null", "https://evil.example", "http://tracker.example:8000", "https://tracker.example.evil.example",
      "https://evil.example/tracker.example", "tracker.example", "file://", "https://"})
  void aChangeFromAnotherOriginIsRefused(String origin) {
    assertThatThrownBy(() -> require(TestRequest.post("/messages").with("Origin", origin).request()))
        .isInstanceOf(Problem.class).satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(403));
  }

  @ParameterizedTest
  @CsvSource({"tracker.example, https://tracker.example", "tracker.example:8000, http://tracker.example:8000",
      "TRACKER.example, https://tracker.EXAMPLE", "tracker.example:443, https://tracker.example", "[::1]:8000, http://[::1]:8000"})
  void aChangeFromTheSameOriginPasses(String host, String origin) {
    assertThatCode(() -> require(TestRequest.post("/messages").with("Host", host).with("Origin", origin)
        .with("Sec-Fetch-Site", "same-origin").request())).doesNotThrowAnyException();
  }

  @Test
  void aChangeFromAnAllowedOriginPasses() {
    assertThatCode(() -> require(TestRequest.post("/messages").with("Origin", "https://other.example:8443")
        .with("Sec-Fetch-Site", "cross-site").request())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site"})
  void aChangeWithAForeignFetchSiteIsRefused(String site) {
    assertThatThrownBy(() -> require(TestRequest.post("/messages").with("Sec-Fetch-Site", site).request()))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aChangeByCookieWithoutHeadersIsRefused() {
    assertThatThrownBy(() -> require(TestRequest.post("/messages").cookie("tt_session", "s").request())).isInstanceOf(Problem.class);
    assertThatCode(() -> require(TestRequest.get("/messages").cookie("tt_session", "s").request())).doesNotThrowAnyException();
  }

  @Test
  void aTokenOrNoCookieNeedsNoOrigin() {
    assertThatCode(() -> require(TestRequest.post("/messages").with("Authorization", "Bearer t").cookie("tt_session", "s").request()))
        .doesNotThrowAnyException();
    assertThatCode(() -> require(TestRequest.post("/webhook/telegram").request())).doesNotThrowAnyException();
  }

  /** Nobody is signed in to a stranger's account by a page of another site. */
  @Test
  void aSignInFromAnotherSiteIsRefused() {
    assertThatThrownBy(() -> require(TestRequest.post("/sign-in").with("Origin", "https://evil.example").request()))
        .isInstanceOf(Problem.class);
  }

  /** What a caller says of the address that a proxy was asked for is believed by nobody. */
  @Test
  void aForwardedHostIsNotTrusted() {
    assertThatThrownBy(() -> require(
        TestRequest.post("/messages").with("X-Forwarded-Host", "evil.example").with("Origin", "https://evil.example").request()))
        .isInstanceOf(Problem.class);
  }

  private void require(HttpServletRequest request) {
    origins.requireOwnPage(request, Credentials.of(request));
  }
}
