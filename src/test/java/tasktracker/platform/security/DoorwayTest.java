package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.platform.web.Preferences;
import tasktracker.platform.web.Problem;

/** What can be told of a request before anybody is asked. */
class DoorwayTest {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/health", "/health/ready", "/webhook/telegram", "/sign-in", "/assets/abc/app.css"})
  void theseAddressesAskNobodyToSignIn(String path) {
    assertThat(PublicPaths.isPublic(Asking.get(path).with("Accept", "application/json").request())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages", "/api/v1/me", "/api/healthy", "/webhook", "/webhook/telegram/x", "/sign-in/", "/SIGN-IN",
      "/healthz", "/assetsx", "/ws", "/live", "/system/audit"})
  void allOthersDo(String path) {
    assertThat(PublicPaths.isPublic(Asking.get(path).with("Accept", "application/json").request())).isFalse();
  }

  @Test
  void theStartPageIsForPeopleWhoHaveSignedInAndItsJsonForEverybody() {
    assertThat(PublicPaths.isPublic(Asking.get("/").with("Accept", "text/html,*/*").request())).isFalse();
    assertThat(PublicPaths.isPublic(Asking.get("/").with("Accept", "*/*").request())).isTrue();
    assertThat(PublicPaths.isPublic(Asking.get("/").request())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health/../api/v1/me", "/assets/..%2fapi", "/assets/%2e%2e/api", "/sign-in;x=/api", "//evil.example",
      "/assets/..", "/assets/%252e", "/api\\v1", "/a%00b"})
  void anAddressThatCanBeReadInTwoWaysIsNone(String path) {
    assertThat(PublicPaths.isTrick(Asking.get(path).request())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages/0193-ab", "/assets/0a1b/app.css", "/api/v1/messages/tg%3A-100%3A7", "/.well-known/x", "/a..b"})
  void anOrdinaryAddressIsNoTrick(String path) {
    assertThat(PublicPaths.isTrick(Asking.get(path).request())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a b", "/a\nb",
      "\\\\evil.example", "/sign-in?next=/", "/sign-out"})
  void noLinkOfOursLeadsAway(String next) {
    assertThat(LocalAddress.orStart(next)).isEqualTo("/");
  }

  @Test
  void aPathOnThisServerIsGoneOnTo() {
    assertThat(LocalAddress.orStart("/messages?q=a%20b&page=2")).isEqualTo("/messages?q=a%20b&page=2");
    assertThat(LocalAddress.orStart(null)).isEqualTo("/");
  }

  @Test
  void aFormThatWasLookedIntoCanStillBeRead() throws IOException {
    FormBody form = FormBody.of(Asking.post("/x?tag=1").form("a=%D1%97+b&_csrf=t1&a=2&tag=3").request());
    assertThat(form.inBody("_csrf")).isEqualTo("t1");
    assertThat(form.getParameterValues("a")).containsExactly("ї b", "2");
    assertThat(form.getParameterValues("tag")).containsExactly("1", "3");
    assertThat(new String(form.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("a=%D1%97+b&_csrf=t1&a=2&tag=3");
  }

  @Test
  void aTokenInTheAddressIsNotOneInTheForm() throws IOException {
    assertThat(FormBody.of(Asking.post("/x?_csrf=t1").form("a=1").request()).inBody("_csrf")).isNull();
  }

  @Test
  void aFormOfMoreThanAMebibyteIsTooLarge() {
    assertThatThrownBy(() -> FormBody.of(Asking.post("/x").form("a=" + "x".repeat(1 << 20)).request()))
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(413));
  }

  @Test
  void whatIsNoUploadMayHaveTwoMebibytes() throws IOException {
    assertThatThrownBy(() -> SmallBody.required(Asking.post("/x").with("Content-Length", "2097153").request()))
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(413));
    for (String path : List.of("/api/v1/imports", "/ingestion/upload/" + "t".repeat(43))) {
      var upload = Asking.post(path).with("Content-Length", "2097153").request();
      assertThat(SmallBody.required(upload)).isSameAs(upload);
    }
    var small = Asking.post("/x").with("Content-Length", "2097152").request();
    assertThat(SmallBody.required(small)).isSameAs(small);
  }

  @Test
  void aFormThatDoesNotSayHowLongItIsKeepsItsFields() throws IOException {
    assertThat(SmallBody.required(Asking.post("/x").form("a=1").request()).getParameter("a")).isEqualTo("1");
  }

  @Test
  void aBrokenlyEncodedFormIsABadRequest() {
    assertThatThrownBy(() -> FormBody.of(Asking.post("/x").form("a=%zz").request()))
        .satisfies(p -> assertThat(((Problem) p).status()).isEqualTo(400));
  }

  @Test
  void thePolicyNamesTheHostOnlyWhenItIsOne() {
    assertThat(SecurityHeaders.policy("tracker.example:8000")).startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
        .contains("connect-src 'self' ws://tracker.example:8000 wss://tracker.example:8000;").doesNotContain("unsafe");
    assertThat(SecurityHeaders.policy("x; script-src *")).contains("connect-src 'self';").doesNotContain("*");
    assertThat(SecurityHeaders.policy(null)).contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'");
  }

  @Test
  void aVisitorSpeaksTheLanguageOfTheBrowserUntilTheyChoose() {
    assertThat(Cookies.preferences(Asking.get("/").with("Accept-Language", "uk").request()).language()).isEqualTo("uk");
    assertThat(Cookies.preferences(Asking.get("/").with("Accept-Language", "de,uk-UA;q=0.9,en;q=0.8").request()).language()).isEqualTo("uk");
    assertThat(Cookies.preferences(Asking.get("/").with("Accept-Language", "de").request()).language()).isEqualTo("en");
    assertThat(Cookies.preferences(Asking.get("/").with("Accept-Language", ";;;").request()).language()).isEqualTo("en");
    assertThat(Cookies.preferences(Asking.get("/").with("Accept-Language", "uk").cookie("tt_prefs", "en.dark.compact.no-keys").request()))
        .isEqualTo(new Preferences("en", "dark", "compact", false));
    assertThat(Cookies.preferences(Asking.get("/").cookie("tt_prefs", "<script>.x.y.z").request()))
        .isEqualTo(new Preferences("en", "system", "comfortable", true));
  }

  @Test
  void anIdOfTheRequestIsTakenOverOnlyWhenItLooksLikeOne() {
    assertThat(ClientAddress.requestId(Asking.get("/").with("X-Request-ID", "abcdefgh-1").request())).isEqualTo("abcdefgh-1");
    assertThat(ClientAddress.requestId(Asking.get("/").with("X-Request-ID", "a\r\nSet-Cookie: x").request())).hasSize(36);
  }
}
