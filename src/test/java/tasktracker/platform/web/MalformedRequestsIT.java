package tasktracker.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.FormParam;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;

/** What nobody means to send, sent to every address there is: each is answered in words, and none as a failure of ours. */
@ProductTest
class MalformedRequestsIT {

  private static final List<String> ODD = List.of("-999999999-01-01", "+999999999-12-31", "0000-01-01", "1969-12-31", "9999-12-31",
      "10000-01-01", "-4714-01-01", "294277-01-01", "9999-12-31T23:59:59.999999999Z", "-999999999-01-01T00:00:00Z",
      "+999999999-12-31T23:59:59.999999999Z", "+1000000000-01-01T00:00:00Z", "2026-02-30", "2026-01-31T10:00:00+18:00", "infinity", "-infinity",
      "a\0b", "\uD800", "1-1-1-1-1", "00000000-0000-0000-0000-0000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "999999999999999999999",
      "-1", "1e9", "1e400", "NaN", "Infinity", "2147483648", "2147483647", "9223372036854775807", "0x10", "٣", "true", "signal,\0", ",,,", "%", "{a}", "|", "\\",
      "'\"`^<>", " ", "2026-01-31T10:00:00Z~1-1-1-1-1~NaN", "+999999999-12-31T23:59:59Z~" + new UUID(1, 2), "2026-01-31T10:00:00Z~" + new UUID(1, 2) + "~NaN",
      "x".repeat(3000));
  private final Api api;
  private final Product product;

  MalformedRequestsIT(Api api, Product product) {
    this.api = api;
    this.product = product;
  }

  static Stream<ResourceMethod> ofTheApi() {
    return ResourceMethod.ALL.stream().filter(ResourceMethod::isApi);
  }

  static Stream<ResourceMethod> reading() {
    return ResourceMethod.ALL.stream().filter(route -> route.verb().equals("GET"));
  }

  static Stream<ResourceMethod> withJson() {
    return ResourceMethod.ALL.stream().filter(route -> body(route) != null);
  }

  static Stream<ResourceMethod> withForm() {
    return ResourceMethod.ALL.stream().filter(route -> fields(route).findAny().isPresent());
  }

  @ParameterizedTest
  @MethodSource("ofTheApi")
  void anUnknownParameterIsNamedAndTheKnownOnesAreListed(ResourceMethod route) {
    String told = ask(route, route.path() + "?no_such_parameter=1").expect(400).json().getString("detail");
    route.parameters().names().forEach(name -> assertThat(told).contains(name));
    assertThat(told).contains("no_such_parameter");
  }

  @ParameterizedTest
  @MethodSource("ofTheApi")
  void aParameterThatIsReadOnceIsGivenOnce(ResourceMethod route) {
    route.parameters().names().stream().filter(name -> !route.parameters().repeatable().contains(name)).forEach(name ->
        assertThat(ask(route, route.path() + "?" + name + "=1&" + name + "=2").expect(400).json().getString("detail")).contains(name, "more than once"));
  }

  @Test
  void manyUnknownParametersAreToldInAFewWords() {
    String many = String.join("&", Stream.iterate(1, n -> n + 1).limit(200).map(n -> "p" + "x".repeat(20) + n + "=1").toList());
    assertThat(api.get("/api/v1/jobs?" + many).expect(400).body()).hasSizeLessThan(600);
  }

  @Test
  void aPageTakesALinkFromElsewhere() {
    api.with("Accept", "text/html").get("/messages?utm_source=newsletter&utm_medium=mail").expect(200);
  }

  @ParameterizedTest
  @MethodSource("reading")
  void noValueOfAParameterIsAFailureOfOurs(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    for (String name : route.parameters().names()) {
      Api program = program().with("Accept", route.isApi() ? "application/json" : "text/html, */*;q=0.1");
      ODD.forEach(value -> check(all, program.get(route.path() + "?" + name + "=" + encode(value)), name + "=" + value));
    }
    all.assertAll();
  }

  /** Another one: searches of one are counted. */
  private Api program() {
    return product.anonymous().with("Authorization", "Bearer "
        + api.post("/api/v1/tokens", "{\"name\": \"odd\", \"role\": \"admin\"}").expect(201).json().getString("token"));
  }

  /** The dates of the overview count only in pairs. */
  @Test
  void noPairOfDatesIsAFailureOfOurs() {
    SoftAssertions all = new SoftAssertions();
    for (String path : List.of("/", "/overview/top", "/overview/lists", "/overview/activity")) {
      for (String pair : List.of("from=1970-01-01&until=9999-12-31", "from=-999999999-01-01&until=%2B999999999-12-31", "from=0001-01-01&until=0001-01-02",
          "from=1970-01-01&until=2026-01-01", "from=9999-12-31&until=9999-12-31")) {
        check(all, api.with("Accept", "text/html").get(path + "?" + pair), pair);
      }
    }
    all.assertAll();
  }

  @ParameterizedTest
  @MethodSource("reading")
  void noPathIsAFailureOfOurs(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    if (route.hasPathParameter()) {
      ODD.forEach(value -> check(all, api.get(route.path(encode(value).replace("+", "%20"))), value));
    }
    all.assertAll();
  }

  /** As they come over the wire; a client of Java would not send them. */
  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%C0%80", "%ED%A0%80", "%FF", "|", "{", "{a}", "\"", "^", "`", "<>", "[", "]", "\u00e9", "%00", "=", "&&=&", ";"})
  void noSpellingOfAQueryIsAFailureOfOurs(String value) throws IOException {
    for (String path : List.of("/messages?q=", "/search?q=", "/system/jobs?kind=", "/system/audit?actor=", "/sign-in?next=/", "/api/v1/messages?q=", "/?period=")) {
      assertThat(raw(path + value)).as(path).isIn("200", "302", "303", "400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Accept-Language", "Accept-Encoding", "Content-Type", "Cookie", "HX-Request", "HX-Target", "HX-Current-URL", "Referer", "Origin",
      "If-None-Match", "If-Modified-Since", "Range", "traceparent", "X-Request-ID", "X-Forwarded-Host", "User-Agent"})
  void noHeaderIsAFailureOfOurs(String header) throws IOException {
    for (String value : List.of(";;;", "%", "{a}", "|", "text/html;q=x", "*;q=9", "a/b/c", "text/html;charset=no-such", "ÿі", "9".repeat(3000), "=;=\"", "-1")) {
      for (String path : List.of("/messages", "/api/v1/messages?page_size=1", "/nothing-here")) {
        assertThat(raw(path, header + ": " + value)).as(header + ": " + value + " for " + path).isIn("200", "303", "400", "404", "406");
      }
    }
  }

  /** Browsers send this character as it is. */
  @Test
  void aBarInAnAddressIsLookedFor() throws IOException {
    assertThat(raw("/messages?q=a|b")).isEqualTo("200");
    assertThat(raw("/messages/%7C?q=a|b")).isEqualTo("404");
    assertThat(raw("/sign-in?next=/messages?q=a|b")).isEqualTo("303");
  }

  @ParameterizedTest
  @MethodSource("withJson")
  void aTextOfJsonThatCannotBeKeptIsRefusedByName(ResourceMethod route) {
    for (RecordComponent field : body(route).getRecordComponents()) {
      String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase();
      for (String odd : List.of("a\\u0000b", "\\ud800", "\\udc00x")) {
        if (field.getType() == String.class || field.getGenericType().getTypeName().endsWith("<java.lang.String>")) {
          String json = field.getType() == String.class ? "\"" + odd + "\"" : "[\"" + odd + "\"]";
          ApiResponse answer = api.ask(route.verb(), route.path(), "{\"" + name + "\": " + json + "}");
          assertThat(answer.status()).as(name).isBetween(400, 499);
          assertThat(answer.body()).contains(body(route).isAnnotationPresent(SanitizedText.class) ? "must be a text" : name);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("withJson")
  void noNumberOrIdOfJsonIsAFailureOfOurs(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    for (RecordComponent field : body(route).getRecordComponents()) {
      String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase();
      if (field.getType() != String.class && field.getType() != Boolean.class) {
        for (String odd : List.of("1e400", "-1e400", "1e99999", "99999999999999999999", "-1", "1.5", "\"NaN\"", "\"1-1-1-1-1\"", "[\"1-1-1-1-1\"]", "[null]", "{}")) {
          check(all, api.ask(route.verb(), route.path(), "{\"" + name + "\": " + odd + "}"), name + ": " + odd);
        }
      }
    }
    all.assertAll();
  }

  /** Refused before the method is called: nothing is changed by this. */
  @ParameterizedTest
  @MethodSource("withForm")
  void aTextOfAFormThatCannotBeKeptIsRefusedByName(ResourceMethod route) {
    Api person = person().with("Accept", "text/html");
    fields(route).forEach(name -> assertThat(person.form(route.path(), Map.of(name, "a\0b")).expect(400).body()).contains(name));
  }

  /** Some forms are for people alone. */
  private Api person() {
    ApiResponse in = product.anonymous().with("Accept", "text/html").form("/sign-in", Map.of("name", Product.ADMIN, "password", Product.ADMIN_PASSWORD)).expect(303);
    String session = in.response().headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith("tt_session=")).findFirst().orElseThrow();
    return product.anonymous().with("Cookie", session.split(";")[0]).with("Origin", product.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
      "+10000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-01:00", "infinity", ""})
  void aMessageOfNoTimeIsRefused(String time) {
    assertThat(api.post("/api/v1/messages", message(time, null)).expect(422).body()).contains("sent_at");
    assertThat(api.post("/api/v1/messages", message("2026-03-02T12:00:00Z", time)).expect(422).body()).contains("edited_at");
  }

  @Test
  void theLastMomentIsOneThatCanBeListed() {
    String chat = "odd-" + UUID.randomUUID();
    String id = api.post("/api/v1/messages", message("9999-12-31T23:59:59.999999999Z", null).replace("odd chat", chat)).expect(201).json().getString("id");
    try {
      var page = api.get("/api/v1/messages?chat_id=" + api.chat(chat) + "&page_size=1").expect(200).json();
      assertThat(page.getJsonArray("items").getJsonObject(0).getString("sent_at")).startsWith("9999-12-31T23:59:59.999999");
      api.get("/api/v1/messages?page_size=1&cursor=" + encode(page.getString("next"))).expect(200);
    } finally {
      api.delete("/api/v1/messages/" + id).expect(204);
    }
  }

  private static String message(String sentAt, String editedAt) {
    return "{\"external_message_id\": \"" + UUID.randomUUID() + "\", \"content\": \"odd\", \"author\": \"Olena\", \"chat\": \"odd chat\", \"chat_title\": \"odd chat\", "
        + "\"sent_at\": \"" + sentAt + "\"" + (editedAt == null ? "" : ", \"edited_at\": \"" + editedAt + "\"") + "}";
  }

  private ApiResponse ask(ResourceMethod route, String path) {
    return switch (route.verb()) {
      case "GET" -> api.get(path);
      case "DELETE" -> api.delete(path);
      default -> api.ask(route.verb(), path, "{}");
    };
  }

  private static void check(SoftAssertions all, ApiResponse answer, String what) {
    all.assertThat(answer.status()).as("%s %s: %s", answer.response().uri().getPath(), what, answer.status() < 500 ? "" : answer.body()).isLessThan(500).isNotEqualTo(429);
  }

  private static Class<?> body(ResourceMethod route) {
    return Arrays.stream(route.method().getParameters()).map(Parameter::getType).filter(Class::isRecord).findFirst().orElse(null);
  }

  private static Stream<String> fields(ResourceMethod route) {
    return Arrays.stream(route.method().getParameters()).filter(p -> p.isAnnotationPresent(FormParam.class) && p.getType() == String.class)
        .map(p -> p.getAnnotation(FormParam.class).value());
  }

  private static String encode(String value) {
    return value.equals("\uD800") ? "%ED%A0%80" : URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** The status of the answer to an address that is sent as it stands. */
  private String raw(String address) throws IOException {
    return raw(address, "Accept: text/html, */*;q=0.5");
  }

  private String raw(String address, String header) throws IOException {
    URI where = URI.create(product.url());
    try (Socket socket = new Socket(where.getHost(), where.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(("GET " + address + " HTTP/1.1\r\nHost: " + where.getAuthority() + "\r\n" + header + "\r\nAuthorization: Bearer "
          + Product.ADMIN_TOKEN + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.length() < 12 ? "" : answer.substring(9);
    }
  }
}
