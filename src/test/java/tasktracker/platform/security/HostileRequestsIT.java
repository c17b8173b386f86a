package tasktracker.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.harness.RawHttp;

/** Regression tests for single requests that once stopped the server or disclosed data. */
@ProductTest
class HostileRequestsIT {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int UNPACKED = 64 << 20;

  private final Product product;
  private final RawHttp raw;

  HostileRequestsIT(Product product) {
    this.product = product;
    this.raw = RawHttp.to(product.url());
  }

  private static Map<String, String> bearer(Map<String, String> more) {
    var all = new java.util.HashMap<>(more);
    all.put("Authorization", "Bearer " + Product.ADMIN_TOKEN);
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "text/*", "TEXT/HTML", "Text/Html;q=0.9", "text/html;q=0.1,application/json;q=0.01",
      "application/xhtml+xml,text/html"})
  void theOverviewNeedsASignInForEveryMediaType(String accept) {
    var reply = raw.send("GET", "/", Map.of("Accept", accept));
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).hasValueSatisfying(to -> assertThat(to).endsWith("/sign-in"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", ""})
  void theRootResourceIsPublicAsJson(String accept) {
    assertThat(raw.send("GET", "/", Map.of("Accept", accept)).body()).contains("\"status\":\"running\"");
  }

  /** The body never comes: what is announced is enough to refuse it. */
  @ParameterizedTest
  @ValueSource(strings = {"/sign-in", "/preferences", "/webhook/telegram"})
  void anUpgradeDoesNotLiftTheLimitOfABody(String path) {
    var upgrade = Map.of("Upgrade", "websocket", "Connection", "Upgrade, close", "Content-Type",
        path.startsWith("/webhook") ? "application/json" : FORM,
        "Content-Length", "500000000");
    assertThat(raw.send("POST", path, upgrade, "name=x".getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(413);
  }

  @Test
  void anUpgradeDoesNotLiftTheProtectionAgainstOtherSites() {
    var upgrade = Map.of("Upgrade", "websocket", "Connection", "Upgrade, close", "Cookie", "tt_session=x", "Content-Length", "0",
        "Origin", "https://evil.example");
    assertThat(raw.send("POST", "/sign-out", upgrade).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "gzip, gzip", "br", "identity, gzip"})
  void aCompressedBodyIsRefused(String encoding) {
    byte[] body = packed(out -> new GZIPOutputStream(out));
    refusedAsEncoded(encoding, body);
  }

  @Test
  void aDeflatedBodyIsRefused() {
    refusedAsEncoded("deflate", packed(DeflaterOutputStream::new));
  }

  private void refusedAsEncoded(String encoding, byte[] body) {
    for (String type : List.of("application/json", FORM, "multipart/form-data; boundary=b")) {
      for (String path : List.of("/api/v1/accounts", "/sign-in", "/api/v1/imports", "/nothing")) {
        var reply = raw.send("POST", path, bearer(Map.of("Content-Encoding", encoding, "Content-Type", type,
            "Content-Length", String.valueOf(body.length))), body);
        assertThat(reply.status()).as(path + " " + type).isEqualTo(415);
        assertThat(reply.body()).contains("Content-Encoding");
      }
    }
  }

  /** Opens a stream that packs. */
  private interface Packing {
    OutputStream into(OutputStream out) throws IOException;
  }

  private static byte[] packed(Packing packing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = packing.into(bytes)) {
      out.write("name=".getBytes(StandardCharsets.UTF_8));
      byte[] some = new byte[1 << 20];
      java.util.Arrays.fill(some, (byte) 'a');
      for (int i = 0; i < UNPACKED / some.length; i++) {
        out.write(some);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Test
  void aFormOfVeryManyFieldsIsRefused() {
    byte[] fields = "a&".repeat(160_000).getBytes(StandardCharsets.UTF_8);
    for (var headers : List.of(Map.<String, String>of(), bearer(Map.of()))) {
      var all = new java.util.HashMap<>(headers);
      all.putAll(Map.of("Content-Type", FORM, "Content-Length", String.valueOf(fields.length)));
      assertThat(raw.send("POST", "/sign-in", all, fields).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/WEB-INF/web.xml", "/WEB-INF/x", "/META-INF/MANIFEST.MF", "/web-inf/web.xml", "/assets/../WEB-INF/web.xml",
      "/WEB-INF/templates/layout.html", "/%57EB-INF/web.xml"})
  void filesOfWebInfAreNotServed(String path) {
    var reply = raw.send("GET", path, bearer(Map.of()));
    assertThat(reply.status()).isIn(400, 404);
    assertThat(reply.body()).doesNotContain("<web-app", "th:fragment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%", "/%zz", "/a%00b", "/health/ready", "/health/x", "/nothing", "/assets/nothing.css", "/a|b", "/x}",
      "/messages?q=a|b{",
      "/messages?q=%", "/error"})
  void everyResponseHasSecurityHeaders(String path) {
    var reply = raw.send("GET", path, Map.of());
    assertThat(reply.status()).isBetween(200, 499);
    assertThat(reply.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(reply.header("Content-Security-Policy")).isPresent();
    assertThat(reply.body()).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"})
  void anUnknownPathIsNotFound(String method) {
    var reply = raw.send(method, "/nothing", bearer(Map.of("Content-Type", FORM, "Content-Length", "3")),
        "a=1".getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).isIn(404, 405);
  }

  /** Where a failed sign-in came from, as the audit log has it. */
  private String audited(RawHttp from, Map<String, String> claims) {
    String id = UUID.randomUUID().toString();
    var headers = new java.util.HashMap<>(claims);
    headers.putAll(Map.of("Content-Type", FORM, "Content-Length", "12", "X-Request-ID", id));
    from.send("POST", "/sign-in", headers, "name=x-nobody".substring(0, 12).getBytes(StandardCharsets.UTF_8));
    return product.database().withHandle(h -> h.createQuery("select host(cast(address as inet)) from audit where request_id = ?")
        .bind(0, id).mapTo(String.class).one());
  }

  @Test
  void forwardedAddressesOfClientsAreIgnored() {
    for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Client-IP", "True-Client-IP", "$WSRA")) {
      String claim = header.equals("Forwarded") ? "for=203.0.113.9" : "203.0.113.9";
      assertThat(audited(raw, Map.of(header, claim))).as(header).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void theForwardedAddressOfATrustedProxyIsUsed() {
    RawHttp proxy = raw.from(RawHttp.PROXY);
    assertThat(audited(proxy, Map.of("X-Forwarded-For", "203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(audited(proxy, Map.of("X-Forwarded-For", "198.51.100.1, 203.0.113.9"))).as("what the caller wrote").isEqualTo("203.0.113.9");
    assertThat(audited(proxy, Map.of("X-Forwarded-For", "203.0.113.9, 127.0.0.2"))).as("two proxies").isEqualTo("203.0.113.9");
    assertThat(audited(proxy, Map.of("Forwarded", "for=203.0.113.9"))).isEqualTo("127.0.0.2");
    assertThat(audited(proxy, Map.of("X-Forwarded-For", "203.0.113.0/24"))).isEqualTo("127.0.0.2");
    assertThat(audited(proxy, Map.of("X-Forwarded-For", "x".repeat(5000)))).isEqualTo("127.0.0.2");
  }

  @Test
  void namesAreLimitedToTheirColumns() {
    for (String field : List.of("last_name", "email")) {
      product.api().post("/api/v1/users", "{\"first_name\":\"Olena\",\"" + field + "\":\"" + "a".repeat(200_000) + "\"}").expect(422);
    }
  }

  /** Parsing them takes more than linear time, for requests that nobody has to sign in for. */
  @Test
  void aLongAcceptLanguageIsIgnored() {
    String many = IntStream.range(0, 1500).mapToObj(i -> "a" + Integer.toString(i, 36))
        .collect(java.util.stream.Collectors.joining(",", "uk,", ""));
    assertThat(raw.send("GET", "/sign-in", Map.of("Accept", "text/html", "Accept-Language", many)).body()).contains("<html lang=\"en\"");
    assertThat(raw.send("GET", "/sign-in", Map.of("Accept", "text/html", "Accept-Language", "uk")).body()).contains("<html lang=\"uk\"");
  }

  @Test
  void aTokenDoesNotChangePreferencesOfItsAccount() {
    var before = product.api().get("/api/v1/me").expect(200).json().getJsonObject("preferences");
    product.api().form("/preferences", Map.of("density", before.getString("density").equals("compact") ? "comfortable" : "compact"))
        .expect(303);
    assertThat(product.api().get("/api/v1/me").expect(200).json().getJsonObject("preferences")).isEqualTo(before);
  }

  @Test
  void metricsDoNotGrowWithUnknownPaths() {
    assertThat(IntStream.range(0, 300).map(i -> raw.send("GET", "/assets/" + i + "/" + "x".repeat(1000) + ".css", Map.of()).status()))
        .containsOnly(404);
  }
}
