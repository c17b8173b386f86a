package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.security.access.Credentials;
import tasktracker.platform.security.request.AmbiguousPaths;
import tasktracker.platform.security.request.BoundedRequest;
import tasktracker.platform.security.request.ClientAddress;
import tasktracker.platform.security.request.Cookies;
import tasktracker.platform.security.request.FormFields;
import tasktracker.platform.security.request.LocalAddress;
import tasktracker.platform.security.request.SecurityHeaders;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.problem.Problem;

/** Checks of a request that need no caller. */
class RequestReaderTest {

  @ParameterizedTest
  @ValueSource(strings = {"q=50%", "q=%4", "q=%zz", "a=%20&b=%", "q=%%41", "q=%ff", "q=%D0", "q=%C3%28", "q=%ED%A0%BD"})
  void aHalfEncodedQueryIsRecognised(String query) {
    assertThat(AmbiguousPaths.isHalfEncoded(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=50%25", "q=%D0%B9", "q=%F0%9F%98%AD+x", "q=%EF%BF%BD", "q=й%20", "q=%2B&x", ""})
  void anEncodedQueryIsAccepted(String query) {
    assertThat(AmbiguousPaths.isHalfEncoded(query)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/../api/v1/me", "/assets/..%2fapi", "/assets/%2e%2e/api", "/sign-in;x=/api", "//evil.example",
      "/assets/..", "/assets/%252e", "/api\\v1", "/a%00b"})
  void anAmbiguousPathIsRefused(String path) {
    assertThat(AmbiguousPaths.isOne(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages/0193-ab", "/assets/0a1b/app.css", "/api/v1/messages/tg%3A-100%3A7", "/.well-known/x", "/a..b",
      "/%D0%B9+1", "/й"})
  void anOrdinaryPathPasses(String path) {
    assertThat(AmbiguousPaths.isOne(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a b", "/a\nb",
      "\\\\evil.example", "/sign-in?next=/", "/sign-out"})
  void aRedirectToAnotherSiteIsReplaced(String next) {
    assertThat(LocalAddress.orHome(next)).isEqualTo("/");
  }

  @Test
  void aLocalPathIsKept() {
    assertThat(LocalAddress.orHome("/messages?q=a%20b&page=2")).isEqualTo("/messages?q=a%20b&page=2");
    assertThat(LocalAddress.orHome(null)).isEqualTo("/");
  }

  @Test
  void fieldsOfQueryAndFormKeepTheirOrder() {
    var form = BoundedRequest.wrap(TestRequest.post("/x?tag=1").form("a=%D1%97+b&&c&a=2&tag=3").request());
    assertThat(form.getParameterValues("a")).containsExactly("ї b", "2");
    assertThat(form.getParameterValues("tag")).containsExactly("1", "3");
    assertThat(form.getParameter("c")).isEmpty();
    assertThat(form.getParameter("b")).isNull();
    assertThat(Collections.list(form.getParameterNames())).containsExactly("tag", "a", "c");
  }

  @Test
  void aFormOfMoreThanAMebibyteIsTooLarge() {
    refused(413, () -> BoundedRequest.wrap(TestRequest.post("/x").form("a=" + "x".repeat(1 << 20)).request()).getParameter("a"));
  }

  @Test
  void aFormOfTooManyFieldsIsABadRequest() {
    refused(400,
        () -> BoundedRequest.wrap(TestRequest.post("/x").form("a&".repeat(FormFields.MAX_FIELDS + 1)).request()).getParameter("a"));
  }

  @Test
  void aBrokenlyEncodedFormIsABadRequest() {
    refused(400, () -> BoundedRequest.wrap(TestRequest.post("/x").form("a=%zz").request()).getParameter("a"));
  }

  @Test
  void theBytesOfABodyAreCounted() {
    for (String announced : List.of("-1", "0", "5")) {
      var body = BoundedRequest.wrap(TestRequest.post("/x").with("Content-Length", announced).body("y".repeat(101)).request());
      body.limitTo(100);
      refused(413, () -> body.getInputStream().readAllBytes());
    }
  }

  @Test
  void aTooLargeContentLengthIsRefused() {
    refused(413, () -> BoundedRequest.wrap(TestRequest.post("/x").with("Content-Length", "101").request()).limitTo(100));
  }

  @Test
  void aBodyAtTheLimitIsRead() throws IOException {
    var body = BoundedRequest.wrap(TestRequest.post("/x").with("Content-Length", "100").body("y".repeat(100)).request());
    body.limitTo(100);
    assertThat(body.getInputStream().readAllBytes()).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({"false, 2000000, 29, false", "false, 10, 31, true", "true, 10, 59, false", "true, 10, 61, true", "true, 70000, 61, false",
      "true, 2000000000, 7200, false", "true, 7000000, 7200, true"})
  void aSlowBodyIsRefused(boolean isStreamed, long bytes, long seconds, boolean isGivenUp) {
    assertThat(BoundedRequest.isTooSlow(isStreamed, bytes, Duration.ofSeconds(seconds).toNanos())).isEqualTo(isGivenUp);
  }

  private static void refused(int status, ThrowingCallable reading) {
    assertThatThrownBy(reading).satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(status));
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', value = {"q=a|b q=a%7Cb", "q={\"x\"}^` q=%7B%22x%22%7D%5E%60", "q=ї q=%D1%97", "q=100% q=100%25",
      "q=%zz&a=%41 q=%25zz&a=%41"})
  void illegalCharactersOfAQueryAreEncoded(String given, String read) {
    assertThat(BoundedRequest.wrap(TestRequest.get("/x?" + given).request()).getQueryString()).isEqualTo(read);
    assertThat(java.net.URI.create("/x?" + read).getRawQuery()).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x}", "/a|b", "/a b", "/%", "/%zz", "x", "", "/a\"b", "/%C3%28", "/%ff", "/a%ED%A0%BD"})
  void aPathThatIsNoUriIsRefused(String path) {
    assertThat(AmbiguousPaths.isOne(path)).isTrue();
  }

  @Test
  void theSchemeOfCredentialsIsCaseInsensitive() {
    for (String scheme : List.of("Bearer ", "bearer ", "BEARER  ")) {
      assertThat(Credentials.of(TestRequest.get("/x").with("Authorization", scheme + "tt_1").request()).bearer()).isEqualTo("tt_1");
    }
    assertThat(Credentials.of(TestRequest.get("/x").with("Authorization", "Basic YTpi").cookie("tt_session", "s").request()))
        .isEqualTo(new Credentials(null, "s")).hasToString("Credentials[session]");
    assertThat(Credentials.of(TestRequest.get("/x").cookie("tt_session", "s".repeat(501)).request()).session()).isEmpty();
  }

  @Test
  void thePolicyHasOnlyAValidHost() {
    assertThat(SecurityHeaders.policy("tracker.example:8000")).startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        .contains("connect-src 'self' ws://tracker.example:8000 wss://tracker.example:8000;").doesNotContain("unsafe");
    assertThat(SecurityHeaders.policy("x; script-src *")).contains("connect-src 'self';").doesNotContain("*");
    assertThat(SecurityHeaders.policy(null)).contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'");
  }

  @Test
  void theLanguageOfTheBrowserIsTheDefault() {
    assertThat(Cookies.preferences(TestRequest.get("/").with("Accept-Language", "uk").request()).language()).isEqualTo("uk");
    assertThat(Cookies.preferences(TestRequest.get("/").with("Accept-Language", "de,uk-UA;q=0.9,en;q=0.8").request()).language())
        .isEqualTo("uk");
    assertThat(Cookies.preferences(TestRequest.get("/").with("Accept-Language", "de").request()).language()).isEqualTo("en");
    assertThat(Cookies.preferences(TestRequest.get("/").with("Accept-Language", ";;;").request()).language()).isEqualTo("en");
    assertThat(
        Cookies.preferences(TestRequest.get("/").with("Accept-Language", "uk").cookie("tt_prefs", "en.dark.compact.no-keys").request()))
        .isEqualTo(new Preferences("en", "dark", "compact", false));
    assertThat(Cookies.preferences(TestRequest.get("/").cookie("tt_prefs", "<script>.x.y.z").request()))
        .isEqualTo(new Preferences("en", "system", "comfortable", true));
  }

  @Test
  void onlyAValidRequestIdIsAccepted() {
    assertThat(ClientAddress.requestId(TestRequest.get("/").with("X-Request-ID", "abcdefgh-1").request())).isEqualTo("abcdefgh-1");
    assertThat(ClientAddress.requestId(TestRequest.get("/").with("X-Request-ID", "a\r\nSet-Cookie: x").request())).hasSize(36);
  }
}
