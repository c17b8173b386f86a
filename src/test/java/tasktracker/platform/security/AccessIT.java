package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.TestSocket;

/** Authentication, authorization and limits of the running product. */
@ProductTest
class AccessIT {

  private static final String PASSWORD = "five tall giraffes";

  private final Product product;

  AccessIT(Product product) {
    this.product = product;
  }

  /** A user in a browser without scripts. */
  private final class Person {
    private final List<String> cookies = new ArrayList<>();
    private Api api = product.anonymous().with("Accept", "text/html");

    ApiResponse remember(ApiResponse answer) {
      answer.response().headers().allValues("Set-Cookie").forEach(set -> {
        String pair = set.split(";")[0];
        cookies.removeIf(c -> c.split("=")[0].equals(pair.split("=")[0]));
        cookies.add(pair);
      });
      api = product.anonymous().with("Accept", "text/html").with("Cookie", String.join("; ", cookies)).with("Origin", product.url());
      return answer;
    }

    ApiResponse get(String path) {
      return remember(api.get(path));
    }

    ApiResponse signIn(String name, String password) {
      return remember(api().form("/sign-in", Map.of("name", name, "password", password, "next", "/account")));
    }

    Api api() {
      return api;
    }

    String session() {
      return cookies.stream().filter(c -> c.startsWith("tt_session=")).findFirst().orElseThrow();
    }
  }

  private String account(String role) {
    String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
    product.api().post("/api/v1/accounts", """
        {"name":"%s","role":"%s","password":"%s"}""".formatted(name, role, PASSWORD)).expect(201);
    return name;
  }

  private String idOf(String name) {
    return product.api().get("/api/v1/accounts").expect(200).array().stream().map(a -> a.asJsonObject())
        .filter(a -> a.getString("name").equals(name)).findFirst().orElseThrow().getString("id");
  }

  private Person signedIn(String name) {
    Person person = new Person();
    // The page is requested first, like by a browser.
    person.get("/sign-in");
    assertThat(person.signIn(name, PASSWORD).status()).isEqualTo(303);
    return person;
  }

  @Test
  void anonymousRequestsAreRedirectedOrRefused() {
    Person stranger = new Person();
    ApiResponse page = stranger.get("/system/audit?actor=x");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/sign-in?next=%2Fsystem%2Faudit%3Factor%3Dx"));
    ApiResponse api = product.anonymous().get("/api/v1/me");
    assertThat(api.status()).isEqualTo(401);
    assertThat(api.header("Content-Type")).hasValue("application/problem+json");
    assertThat(api.header("WWW-Authenticate")).isPresent();
    assertThat(product.anonymous().post("/api/v1/accounts", "{}").status()).isEqualTo(401);
    assertThat(product.anonymous().get("/nothing-here").status()).isIn(303, 401);
    ApiResponse fragment = product.anonymous().with("HX-Request", "true").with("HX-Current-URL", product.url() + "/messages?page=2")
        .get("/messages");
    assertThat(fragment.status()).isEqualTo(401);
    assertThat(fragment.header("HX-Redirect")).hasValue("/sign-in?next=%2Fmessages%3Fpage%3D2");
  }

  @Test
  void aSignInStartsANewSession() {
    String olena = account("reviewer");
    Person person = new Person();
    person.cookies.add("tt_session=chosen-by-an-attacker");
    person.get("/sign-in");
    ApiResponse in = person.signIn(olena, PASSWORD);
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/account"));
    assertThat(in.response().headers().allValues("Set-Cookie")).filteredOn(c -> c.startsWith("tt_session=")).singleElement()
        .asString().contains("HttpOnly", "SameSite=Lax").doesNotContain("chosen-by-an-attacker");
    assertThat(person.get("/account").expect(200).body()).contains(olena);
    assertThat(product.anonymous().with("Cookie", "tt_session=chosen-by-an-attacker").get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void behindHttpsTheCookieIsSecure() {
    Map<String, String> olena = Map.of("name", account("reader"), "password", PASSWORD);
    Api browser = product.anonymous().with("Accept", "text/html");
    ApiResponse secured = browser.with("X-Forwarded-Proto", "https").form("/sign-in", olena).expect(303);
    assertThat(secured.response().headers().allValues("Set-Cookie")).isNotEmpty().allSatisfy(c -> assertThat(c).contains("Secure"));
    assertThat(browser.form("/sign-in", olena).expect(303).response().headers().allValues("Set-Cookie"))
        .noneSatisfy(c -> assertThat(c).contains("Secure"));
  }

  @Test
  void aSecondSignInEndsTheFirstSessionOfThatBrowser() {
    String olena = account("reader");
    Person person = signedIn(olena);
    String first = person.session();
    assertThat(person.signIn(olena, PASSWORD).status()).isEqualTo(303);
    assertThat(product.anonymous().with("Cookie", first).get("/api/v1/me").status()).isEqualTo(401);
    assertThat(person.get("/account").status()).isEqualTo(200);
  }

  @Test
  void theCookieIsInvalidAfterASignOut() {
    Person person = signedIn(account("reader"));
    String old = person.session();
    ApiResponse out = person.api().form("/sign-out", Map.of());
    assertThat(out.status()).isEqualTo(303);
    assertThat(product.anonymous().with("Cookie", old).get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aNewPasswordEndsTheSessionsElsewhere() {
    String olena = account("reader");
    Person here = signedIn(olena);
    Person there = signedIn(olena);
    ApiResponse wrong = here.api().form("/account/password",
        Map.of("present", "wrong", "password", "nine small otters", "again", "nine small otters"));
    assertThat(wrong.status()).isEqualTo(422);
    ApiResponse changed = here.api().form("/account/password",
        Map.of("present", PASSWORD, "password", "nine small otters", "again", "nine small otters"));
    assertThat(changed.status()).isEqualTo(303);
    assertThat(here.get("/account").status()).isEqualTo(200);
    assertThat(there.get("/account").status()).isEqualTo(303);
  }

  @Test
  void aWrongPasswordAndAnUnknownNameGetTheSameResponse() {
    Person person = new Person();
    person.get("/sign-in");
    ApiResponse wrong = person.signIn(account("reader"), "wrong");
    ApiResponse unknown = person.signIn("nobody-" + UUID.randomUUID(), "wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(wrong.body().replaceAll("value=\"[^\"]*\"|data-asof=\"[^\"]*\"", ""))
        .isEqualTo(unknown.body().replaceAll("value=\"[^\"]*\"|data-asof=\"[^\"]*\"", ""));
  }

  /** The limit refills during the test, so the exact number of attempts is not asserted. */
  @Test
  void guessingIsRateLimited() {
    String olena = account("reader");
    Person person = new Person();
    List<ApiResponse> answers = new ArrayList<>();
    do {
      answers.add(person.api().form("/sign-in", Map.of("name", olena, "password", "guess " + answers.size())));
    } while (answers.getLast().status() == 401 && answers.size() < 150);
    assertThat(answers.getFirst().status()).isEqualTo(401);
    assertThat(answers.getLast().status()).isEqualTo(429);
    assertThat(answers.getLast().header("Retry-After")).isPresent();
    // The administrator is another name, from the same address: the address's own limit is given back by what is right.
    assertThat(product.api().get("/api/v1/me").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "//evil.example", "/\\evil.example"})
  void aSignInNeverRedirectsToAnotherSite(String next) {
    String olena = account("reader");
    Person person = new Person();
    ApiResponse in = person.api().form("/sign-in", Map.of("name", olena, "password", PASSWORD, "next", next));
    assertThat(in.status()).isEqualTo(303);
    assertThat(in.header("Location")).hasValueSatisfying(to -> assertThat(to).isIn("/", product.url() + "/"));
  }

  @Test
  void aCrossOriginChangeIsRefused() {
    Person olena = signedIn(account("admin"));
    Api silent = product.anonymous().with("Accept", "text/html").with("Cookie", olena.session());
    String name = "other-site-" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, String> fields = Map.of("name", name, "role", "reader", "password", PASSWORD);
    String json = "{\"name\":\"%s\",\"role\":\"reader\",\"password\":\"%s\"}".formatted(name, PASSWORD);
    assertThat(silent.form("/system/accounts", fields).status()).as("neither header").isEqualTo(403);
    assertThat(silent.post("/api/v1/accounts", json).status()).isEqualTo(403);
    for (String origin : new String[]{"null", "https://evil.example"}) {
      assertThat(silent.with("Origin", origin).form("/system/accounts", fields).status()).isEqualTo(403);
      assertThat(silent.with("Origin", origin).with("Sec-Fetch-Site", "same-origin").post("/api/v1/accounts", json).status())
          .isEqualTo(403);
      assertThat(silent.with("Origin", origin).with("X-Forwarded-Host", "evil.example").post("/api/v1/accounts", json).status())
          .isEqualTo(403);
    }
    for (String site : new String[]{"cross-site", "same-site", "SAME-ORIGIN", ""}) {
      assertThat(silent.with("Sec-Fetch-Site", site).post("/api/v1/accounts", json).status()).as("'%s'", site).isEqualTo(403);
    }
    assertThat(silent.with("Origin", "https://evil.example").with("Content-Type", "text/plain")
        .ask("DELETE", "/api/v1/accounts/" + idOf(Product.ADMIN), json).status()).isEqualTo(403);
    assertThat(product.api().get("/api/v1/accounts").body()).doesNotContain(name);
    assertThat(silent.with("Accept", "application/json").with("Origin", product.url()).post("/api/v1/accounts", json).status())
        .isEqualTo(201);
  }

  @Test
  void aReaderCannotChangeDataOrRoles() {
    String kevin = account("reader");
    Person person = signedIn(kevin);
    assertThat(person.get("/system/accounts").status()).isEqualTo(403);
    assertThat(person.get("/system/audit").status()).isEqualTo(403);
    assertThat(person.api().with("Accept", "application/json")
        .ask("PATCH", "/api/v1/accounts/" + idOf(kevin), "{\"role\":\"admin\"}").status()).isEqualTo(403);
    // A role in a form without that field is ignored.
    assertThat(person.api().form("/account/name", Map.of("display_name", "Kevin", "role", "admin", "is_active", "true")).status())
        .isEqualTo(303);
    assertThat(person.api().with("Accept", "application/json").get("/api/v1/me").json().getString("role")).isEqualTo("reader");
  }

  @Test
  void aDemotionEndsSessionsAndClosesSockets() {
    String olena = account("admin");
    Person person = signedIn(olena);
    assertThat(person.get("/system/accounts").status()).isEqualTo(200);
    try (var socket = TestSocket.open(product.url().replace("http", "ws") + "/ws?topics=jobs",
        Map.of("Cookie", person.session(), "Origin", product.url()))) {
      socket.await("the welcome", m -> m.contains("connection"));
      product.api().ask("PATCH", "/api/v1/accounts/" + idOf(olena), "{\"role\":\"reader\"}").expect(200);
      assertThat(person.get("/system/accounts").status()).isEqualTo(303);
      assertThat(socket.closeCode()).isEqualTo(1008);
    }
    product.api().delete("/api/v1/accounts/" + idOf(olena)).expect(204);
    Person again = new Person();
    again.get("/sign-in");
    assertThat(again.signIn(olena, PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void aSocketNeedsCredentialsAndTheSameOrigin() {
    Person person = signedIn(account("reader"));
    assertThat(handshake(Map.of())).isEqualTo(401);
    assertThat(handshake(Map.of("Cookie", person.session()))).isEqualTo(403);
    assertThat(handshake(Map.of("Cookie", person.session(), "Origin", "https://evil.example"))).isEqualTo(403);
    assertThat(handshake(Map.of("Cookie", person.session(), "Origin", "null"))).isEqualTo(403);
    assertThat(handshake(Map.of("Cookie", person.session(), "Origin", product.url()))).isEqualTo(101);
    assertThat(handshake(Map.of("Authorization", "Bearer " + Product.ADMIN_TOKEN))).isEqualTo(101);
    assertThat(handshake(Map.of("Authorization", "Bearer wrong"))).isEqualTo(401);
  }

  @Test
  void theNumberOfSocketsIsLimited() {
    String token = product.api().post("/api/v1/tokens", "{\"name\":\"listener\",\"role\":\"reader\"}").expect(201).json()
        .getString("token");
    assertThat(IntStream.range(0, 200).map(i -> handshake(Map.of("Authorization", "Bearer " + token))).boxed().toList())
        .startsWith(101).contains(429).containsOnly(101, 429);
    assertThat(handshake(Map.of("Authorization", "Bearer " + Product.ADMIN_TOKEN))).isEqualTo(101);
  }

  /** The status that a socket's opening is answered with; the token in the address counts for nothing. */
  private int handshake(Map<String, String> headers) {
    try (var socket = TestSocket.open(
        product.url().replace("http", "ws") + "/ws?topics=jobs&token=" + Product.ADMIN_TOKEN, headers)) {
      return 101;
    } catch (CompletionException refused) {
      return refused.getCause() instanceof WebSocketHandshakeException e ? e.getResponse().statusCode() : -1;
    }
  }

  @Test
  void everyKindOfResponseHasSecurityHeaders() {
    Person person = signedIn(account("reader"));
    List<ApiResponse> answers = List.of(person.get("/account"), person.get("/system/audit"), person.get("/no-such-page"),
        product.anonymous().get("/"), product.anonymous().get("/api/health"), product.anonymous().get("/api/v1/me"),
        product.anonymous().get("/assets/app.css"), product.anonymous().get("/sign-in"), product.anonymous().get("/messages"),
        product.api().post("/api/v1/accounts", "{"), product.api().get("/api/v1/accounts/" + UUID.randomUUID()));
    assertThat(answers).allSatisfy(a -> {
      assertThat(a.header("Content-Security-Policy")).hasValueSatisfying(
          csp -> assertThat(csp).startsWith("default-src 'none'; script-src 'self'; style-src 'self';").doesNotContain("unsafe"));
      assertThat(a.header("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(a.header("Referrer-Policy")).hasValue("same-origin");
      assertThat(a.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
      assertThat(a.header("X-Request-ID")).isPresent();
      assertThat(a.header("Server")).isEmpty();
      assertThat(a.header("X-Powered-By")).isEmpty();
      assertThat(a.body()).doesNotContain("Exception", "at tasktracker.");
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sign-in;/api/v1/me", "/assets//api/v1/me", "/sign-in/%2e%2e/api/v1/accounts", "/assets/..%2fapi/v1/me"})
  void noSpellingOfAPathBypassesAuthentication(String address) {
    ApiResponse answer = product.anonymous().get(address);
    assertThat(answer.status()).isBetween(300, 500);
    assertThat(answer.body()).doesNotContain("\"role\"");
  }

  @Test
  void invalidJsonIsABadRequest() {
    ApiResponse broken = product.api().post("/api/v1/accounts", "{\"name\":\n");
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.json().getString("detail")).contains("line no=2, column no=");
    assertThat(product.api().post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"reader\",\"expires_in_days\":{}}").status()).isEqualTo(400);
    assertThat(product.api().post("/api/v1/accounts", "").status()).isEqualTo(400);
    assertThat(product.api().post("/api/v1/accounts", "{\"name\":\"x\",\"role\":\"king\",\"password\":\"five tall giraffes\"}").status())
        .isEqualTo(422);
    assertThat(product.api().get("/api/v1/audit?limit=1000000000").status()).isEqualTo(400);
    assertThat(product.api().get("/api/v1/audit?before=%27%3B%20drop%20table").status()).isEqualTo(400);
  }

  @Test
  void anOversizedBodyIsRefused() {
    String large = " ".repeat(2 << 20) + "{\"name\":\"big\",\"role\":\"reader\",\"password\":\"five tall giraffes\"}";
    Api program = product.api();
    assertThat(program.post("/api/v1/accounts", large).expect(413).json().getString("detail")).contains("limited to 2 MiB");
    program.chunked("/api/v1/accounts", "application/json", large).expect(413);
    program.chunked("/sign-in", "application/x-www-form-urlencoded", "name=" + "x".repeat(2 << 20)).expect(413);
    program.chunked("/sign-in", "multipart/form-data; boundary=b", large).expect(415);
    assertThat(product.count("select count(*) from account where name = 'big'")).isZero();
    String name = "chunked-" + UUID.randomUUID().toString().substring(0, 8);
    program.chunked("/api/v1/accounts", "application/json", large.strip().replace("big", name)).expect(201);
    assertThat(product.count("select count(*) from account where name = ?", name)).isEqualTo(1);
  }

  @Test
  void aTokenWorksUntilItIsRevoked() {
    var made = product.api().post("/api/v1/tokens", "{\"name\":\"CI\",\"role\":\"reader\",\"expires_in_days\":1}").expect(201).json();
    Api program = product.anonymous().with("Authorization", "Bearer " + made.getString("token"));
    assertThat(program.get("/api/v1/me").expect(200).json().getString("role")).isEqualTo("reader");
    assertThat(program.post("/api/v1/tokens", "{\"name\":\"more\",\"role\":\"admin\"}").status()).isEqualTo(403);
    product.api().delete("/api/v1/tokens/" + made.getString("id")).expect(204);
    assertThat(program.get("/api/v1/me").status()).isEqualTo(401);
    assertThat(product.api().get("/api/v1/tokens").body()).doesNotContain(made.getString("token"));
  }

  @Test
  void theLastAdministratorCannotBeDisabled() {
    ApiResponse answer = product.api().delete("/api/v1/accounts/" + idOf(Product.ADMIN));
    long admins = product.count("select count(*) from account where role = 'admin' and is_active");
    assertThat(admins).isPositive();
    if (answer.status() == 204) { // other tests' administrators were still there
      product.api().ask("PATCH", "/api/v1/accounts/" + idOf(Product.ADMIN), "{\"is_active\":true}").expect(200);
    } else {
      assertThat(answer.status()).isEqualTo(409);
    }
  }

  @Test
  void actionsAreInTheAuditLogAndItsExport() {
    String name = account("reader");
    String id = idOf(name);
    product.api().ask("PATCH", "/api/v1/accounts/" + id, "{\"display_name\":\"=cmd|'/c calc'!A0\"}").expect(200);
    var rows = product.api().get("/api/v1/audit?subject_type=account&subject_id=" + id).expect(200).json().getJsonArray("items");
    assertThat(rows).extracting(r -> r.asJsonObject().getString("action")).containsExactly("account.renamed", "account.added");
    assertThat(rows.getJsonObject(0).getString("actor")).isEqualTo("admin/ADMIN_TOKEN");
    String csv = product.api().with("Accept", "text/csv").get("/system/audit/export.csv?subject_id=" + id).expect(200).body();
    assertThat(csv.lines()).hasSize(3).allSatisfy(line -> assertThat(line).doesNotStartWith("="));
  }

  @Test
  void aChosenLanguageIsKept() {
    String olena = account("reader");
    Person person = signedIn(olena);
    ApiResponse changed = person.remember(person.api().form("/preferences", Map.of("language", "uk", "theme", "dark", "back", "/account")));
    assertThat(changed.status()).isEqualTo(303);
    assertThat(person.get("/account").body()).contains("<html lang=\"uk\"", "data-theme=\"dark\"");
    assertThat(signedIn(olena).get("/account").body()).contains("<html lang=\"uk\"");
  }

  @Test
  void aVisitorGetsTheLanguageOfTheBrowser() {
    Api browser = product.anonymous().with("Accept", "text/html").with("Accept-Language", "uk-UA,uk;q=0.9,en;q=0.8");
    assertThat(browser.get("/sign-in").body()).contains("<html lang=\"uk\"", "Увійти");
  }

  @Test
  void searchesAreLimitedForEachAccount() {
    var made = product.api().post("/api/v1/tokens", "{\"name\":\"searcher\",\"role\":\"reader\"}").expect(201).json();
    Api program = product.anonymous().with("Authorization", "Bearer " + made.getString("token"));
    var refused = IntStream.range(0, 1000).mapToObj(i -> program.get("/api/v1/search?q=")).filter(answer -> answer.status() == 429)
        .findFirst();
    assertThat(refused.orElseThrow().header("Retry-After")).isPresent();
    assertThat(product.api().get("/api/v1/search?q=x").status()).isNotEqualTo(429);
  }
}
