package tasktracker.platform.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.platform.security.ScriptlessBrowser;
import tasktracker.platform.security.session.KnownDevices;

/** Accounts, passwords and tokens under guessing, concurrent requests and disabled accounts. */
@ProductTest
class AccountsIT {

  private static final String PASSWORD = "five tall giraffes", OTHER = "nine small otters";
  private final Product product;

  AccountsIT(Product product) {
    this.product = product;
  }

  private record Person(String id, String name) {}

  private Person account(String role) {
    String name = role + "-" + UUID.randomUUID().toString().substring(0, 8);
    return new Person(product.api().post("/api/v1/accounts", account(name, role, PASSWORD)).expect(201).json().getString("id"), name);
  }

  private static String account(String name, String role, String password) {
    return "{\"name\":\"%s\",\"role\":\"%s\",\"password\":\"%s\"}".formatted(name, role, password);
  }

  private ScriptlessBrowser signedIn(Person person) {
    var browser = new ScriptlessBrowser(product);
    assertThat(browser.signIn(person.name(), PASSWORD).status()).isEqualTo(303);
    return browser;
  }

  private long audited(String action, String subject) {
    return product.count("select count(*) from audit where action = ? and subject_id = ?", action, subject);
  }

  private ApiResponse patch(Person person, String change) {
    return product.api().ask("PATCH", "/api/v1/accounts/" + person.id(), change);
  }

  private static <T> List<T> atOnce(int times, Callable<T> asking) throws Exception {
    try (ExecutorService people = Executors.newFixedThreadPool(times)) {
      List<Future<T>> answers = people.invokeAll(IntStream.range(0, times).mapToObj(i -> asking).toList());
      List<T> all = new ArrayList<>();
      for (Future<T> answer : answers) {
        all.add(answer.get());
      }
      return all;
    }
  }

  @Test
  void fiftyConcurrentAccountsOfOneNameCreateOne() throws Exception {
    String body = account("twin-" + UUID.randomUUID(), "reader", PASSWORD);
    List<ApiResponse> answers = atOnce(50, () -> product.api().post("/api/v1/accounts", body));
    assertThat(answers).extracting(ApiResponse::status).containsOnly(201, 409).containsOnlyOnce(201);
  }

  @Test
  void twentyConcurrentSourcesOfOneNameCreateOne() throws Exception {
    String body = "{\"name\":\"source-%s\",\"type\":\"api\"}".formatted(UUID.randomUUID());
    List<ApiResponse> answers = atOnce(20, () -> product.api().post("/api/v1/sources", body));
    assertThat(answers).extracting(ApiResponse::status).containsOnly(201, 409).containsOnlyOnce(201);
    String id = answers.stream().filter(a -> a.status() == 201).findFirst().orElseThrow().json().getString("id");
    product.api().ask("PATCH", "/api/v1/sources/" + id, "{\"is_active\":false}").expect(200);
    product.api().ask("PATCH", "/api/v1/sources/" + id, "{\"is_active\":false}").expect(200);
    assertThat(audited("source.added", id)).isEqualTo(1);
    assertThat(audited("source.disabled", id)).as("once: the second changed nothing").isEqualTo(1);
  }

  @Test
  void twentyConcurrentPeopleOfOneAddressCreateOne() throws Exception {
    String body = "{\"first_name\":\"Olena\",\"email\":\"olena-%s@example.com\"}".formatted(UUID.randomUUID());
    List<ApiResponse> answers = atOnce(20, () -> product.api().post("/api/v1/users", body));
    assertThat(answers).extracting(ApiResponse::status).containsOnly(201, 409).containsOnlyOnce(201);
    String id = answers.stream().filter(a -> a.status() == 201).findFirst().orElseThrow().json().getString("id");
    assertThat(audited("person.added", id)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234567890", "password12", "qwertyuiop"})
  void aCommonPasswordIsRefusedWithAHint(String weak) {
    String name = "weak-" + UUID.randomUUID().toString().substring(0, 8);
    ApiResponse refused = product.api().post("/api/v1/accounts", account(name, "reader", weak)).expect(422);
    assertThat(refused.json().getString("detail")).contains("Use four or more unrelated words");
    Person person = account("reader");
    assertThat(patch(person, "{\"password\":\"" + weak + "\"}").status()).isEqualTo(422);
    assertThat(signedIn(person).changePassword(PASSWORD, weak).body()).contains("Use four or more unrelated words");
  }

  @Test
  void severalChangesAreAppliedTogetherOrNotAtAll() {
    Person person = account("reader");
    assertThat(patch(person, "{\"display_name\":\"Kevin\",\"password\":\"%s\",\"role\":\"reviewer\",\"is_active\":false}".formatted(OTHER))
        .expect(200).body())
        .contains("\"Kevin\"", "\"reviewer\"", "\"is_active\":false");
    assertThat(patch(person, "{\"role\":\"admin\",\"password\":\"qwertyuiop\"}").status()).isEqualTo(422);
    assertThat(patch(person, "{\"role\":\"admin\",\"display_name\":\" \"}").status()).isEqualTo(422);
    assertThat(product.api().get("/api/v1/accounts/" + person.id()).body()).contains("\"reviewer\"");
    assertThat(product.api().ask("PATCH", "/api/v1/accounts/" + UUID.randomUUID(), "{\"password\":\"" + OTHER + "\"}").status())
        .isEqualTo(404);
  }

  @Test
  void anOverlongNameIsRefused() {
    String name = "\uFDFA".repeat(100_000);
    for (int i = 0; i < 12; i++) {
      ApiResponse answer = new ScriptlessBrowser(product).signIn(name, "wrong");
      assertThat(answer.status()).isIn(401, 429);
      assertThat(answer.body()).doesNotContain("\uFDFA");
    }
    assertThat(product.isReady()).isTrue();
  }

  @Test
  void guessingTheCurrentPasswordIsLimitedAndAudited() {
    Person kevin = account("reader");
    ScriptlessBrowser browser = signedIn(kevin);
    ApiResponse answer;
    int tries = 0;
    do {
      answer = browser.changePassword("guess " + tries, OTHER);
      tries++;
    } while (answer.status() == 422 && tries < 150);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(audited("account.password_refused", kevin.id())).isEqualTo(tries - 1);
  }

  /** Both use the same address, which is the worst case. */
  @Test
  void aKnownDeviceSignsInDuringAnAttack() {
    Person olena = account("admin");
    ScriptlessBrowser hers = signedIn(olena).withoutSession();
    ScriptlessBrowser kevins = signedIn(account("reader")).withoutSession();
    assertThat(hers.cookie(KnownDevices.COOKIE)).isPresent();
    assertThat(guessesUntilStopped(new ScriptlessBrowser(product), olena)).isLessThan(150);
    assertThat(guessesUntilStopped(kevins, olena)).as("a browser that only Kevin's account knows is a stranger's").isLessThan(9);
    assertThat(hers.signIn(olena.name(), PASSWORD).status()).isEqualTo(303);
    assertThat(hers.withoutSession().signIn(olena.name(), "typed wrong").status()).isEqualTo(401);
    assertThat(hers.withoutSession().signIn(olena.name(), PASSWORD).status()).isEqualTo(303);
  }

  private static int guessesUntilStopped(ScriptlessBrowser browser, Person person) {
    int guesses = 0;
    while (guesses < 150 && browser.signIn(person.name(), "guess " + guesses).status() == 401) {
      guesses++;
    }
    return guesses;
  }

  @Test
  void theDeviceCookieIsHttpOnlyAndGrantsNothing() {
    Person olena = account("admin");
    ApiResponse in = new ScriptlessBrowser(product).signIn(olena.name(), PASSWORD);
    String set = in.response().headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith("tt_device=")).findFirst().orElseThrow();
    assertThat(set).contains("HttpOnly", "SameSite=");
    assertThat(product.anonymous().with("Cookie", set.split(";")[0]).get("/api/v1/me").status()).isEqualTo(401);
  }

  @Test
  void aNewPasswordForgetsAllOtherDevices() {
    Person olena = account("reader");
    ScriptlessBrowser there = signedIn(olena);
    ScriptlessBrowser here = signedIn(olena);
    String before = here.cookie(KnownDevices.COOKIE).orElseThrow();
    assertThat(here.changePassword(PASSWORD, OTHER).status()).isEqualTo(303);
    assertThat(here.cookie(KnownDevices.COOKIE)).isPresent().get().isNotEqualTo(before);
    assertThat(product.count("select count(*) from known_device where account_id = cast(? as uuid)", olena.id())).isEqualTo(1);
    assertThat(there.withoutSession().signIn(olena.name(), OTHER).status()).isEqualTo(303);
    assertThat(audited("device.forgotten", olena.id())).isEqualTo(1);
    assertThat(audited("session.all_ended", olena.id())).isEqualTo(1);
    patch(olena, "{\"password\":\"" + PASSWORD + "\"}").expect(200);
    assertThat(product.count("select count(*) from known_device where account_id = cast(? as uuid)", olena.id())).isZero();
  }

  private String tokenOf(Person person, boolean managing) {
    var browser = signedIn(person);
    String page = browser.form("/system/tokens", managing
        ? Map.of("name", "CI", "role", "admin", "days", "", "manages_accounts", "true")
        : Map.of("name", "CI", "role", "reader", "days", "")).expect(200).body();
    var token = java.util.regex.Pattern.compile("id=\"made-token\">([^<]+)<").matcher(page);
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  private Api with(String token) {
    return product.anonymous().with("Authorization", "Bearer " + token);
  }

  @Test
  void aPasswordChangeRevokesTokens() {
    Person olena = account("admin");
    String token = tokenOf(olena, false);
    with(token).get("/api/v1/me").expect(200);
    patch(olena, "{\"password\":\"" + OTHER + "\"}").expect(200);
    with(token).get("/api/v1/me").expect(401);
    patch(olena, "{\"password\":\"" + PASSWORD + "\"}").expect(200);
    String another = tokenOf(olena, false);
    assertThat(signedIn(olena).changePassword(PASSWORD, OTHER).status()).isEqualTo(303);
    with(another).get("/api/v1/me").expect(401);
    assertThat(product.api().get("/api/v1/tokens").body()).contains("\"revoked_reason\":\"password_changed\"");
    assertThat(audited("token.all_revoked", olena.id())).isEqualTo(2);
    product.api().get("/api/v1/me").expect(200);
  }

  @Test
  void tokensStayRevokedWhenAnAccountIsEnabled() {
    Person olena = account("admin");
    String token = tokenOf(olena, false);
    product.api().delete("/api/v1/accounts/" + olena.id()).expect(204);
    with(token).get("/api/v1/me").expect(401);
    patch(olena, "{\"is_active\":true}").expect(200);
    with(token).get("/api/v1/me").expect(401);
    assertThat(product.count("select count(*) from api_token where account_id = cast(? as uuid) and revoked_reason = 'account_disabled'",
        olena.id())).isEqualTo(1);
  }

  @Test
  void theScopeOfATokenIsSetAtCreationAndListed() {
    Person olena = account("admin");
    String managing = tokenOf(olena, true);
    String listed = product.api().get("/api/v1/tokens").expect(200).body();
    assertThat(listed).contains("\"manages_accounts\":true", "\"manages_accounts\":false");
    ApiResponse given = with(managing).post("/api/v1/tokens", "{\"name\":\"more\",\"role\":\"admin\",\"manages_accounts\":true}")
        .expect(201);
    assertThat(given.json().getBoolean("manages_accounts")).isTrue();
    ApiResponse plain = with(managing).post("/api/v1/tokens", "{\"name\":\"less\",\"role\":\"admin\"}").expect(201);
    assertThat(plain.json().getBoolean("manages_accounts")).isFalse();
    assertThat(with(plain.json().getString("token"))
        .post("/api/v1/tokens", "{\"name\":\"more\",\"role\":\"admin\",\"manages_accounts\":true}").status()).isEqualTo(403);
    assertThat(product.api().post("/api/v1/tokens", "{\"name\":\"x\",\"role\":\"reader\",\"manages_accounts\":true}").status())
        .isEqualTo(422);
    assertThat(product.count(
        "select count(*) from audit where action = 'token.made' and subject_id = ? and details @> '{\"manages_accounts\": true}'",
        given.json().getString("id"))).isEqualTo(1);
  }

  @Test
  void endedSessionsAndExportsAreAudited() {
    Person olena = account("admin");
    ScriptlessBrowser here = signedIn(olena);
    signedIn(olena);
    String there = product.database().withHandle(h -> h.select(
        "select id from session where account_id = cast(? as uuid) order by created_at desc limit 1", olena.id()).mapTo(String.class)
        .one());
    assertThat(here.form("/account/sessions/" + there + "/end", Map.of()).status()).isEqualTo(303);
    assertThat(audited("session.ended", there)).isEqualTo(1);
    here.get("/messages/export?q=otters").expect(200);
    here.get("/system/audit/export.csv?actor=nobody").expect(200);
    assertThat(
        product.count("select count(*) from audit where actor = ? and action in ('messages.exported', 'audit.exported')", olena.name()))
        .isEqualTo(2);
    assertThat(product.count("select count(*) from audit where actor = ? and details::text like '%otters%'", olena.name())).isZero();
  }

  /** Old installations have hashes of other parameters: a sign-in replaces them, outside of any transaction. */
  @Test
  void aSignInReplacesAHashWithOldParameters() {
    Person olena = account("reader");
    String former = com.password4j.Argon2Function.getInstance(4096, 1, 1, 32, com.password4j.types.Argon2.ID, 19).hash(PASSWORD)
        .getResult();
    product.database().useHandle(h -> h.execute("update account set password_hash = ? where id = cast(? as uuid)", former, olena.id()));
    signedIn(olena);
    assertThat(
        product.count("select count(*) from account where id = cast(? as uuid) and password_hash like '%m=19456,t=2,p=1%'", olena.id()))
        .isEqualTo(1);
    signedIn(olena);
  }

  @Test
  void concurrentPasswordChangesAreAnsweredOrRefused() throws Exception {
    Person olena = account("reader");
    ScriptlessBrowser browser = signedIn(olena);
    List<ApiResponse> answers = atOnce(60, () -> patch(olena, "{\"password\":\"" + OTHER + "\"}"));
    assertThat(answers).extracting(ApiResponse::status).containsOnly(200, 503);
    assertThat(answers).filteredOn(a -> a.status() == 503).isNotEmpty().allSatisfy(a -> assertThat(a.header("Retry-After")).isPresent());
    assertThat(browser.get("/account").status()).as("a session of the old password").isEqualTo(303);
    assertThat(product.isReady()).isTrue();
  }
}
