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
import tasktracker.harness.Api;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Product;
import tasktracker.harness.ProductTest;
import tasktracker.platform.web.json.SanitizedText;

/** Malformed requests to every resource method: each gets an error message, and none is a server error. */
@ProductTest
class MalformedRequestsIT {

  private static final List<String> MALFORMED = List.of("-999999999-01-01", "+999999999-12-31", "0000-01-01", "1969-12-31", "9999-12-31",
      "10000-01-01", "-4714-01-01", "294277-01-01", "9999-12-31T23:59:59.999999999Z", "-999999999-01-01T00:00:00Z",
      "+999999999-12-31T23:59:59.999999999Z", "+1000000000-01-01T00:00:00Z", "2026-02-30", "2026-01-31T10:00:00+18:00", "infinity",
      "-infinity",
      "a\0b", "\uD800", "1-1-1-1-1", "00000000-0000-0000-0000-0000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "999999999999999999999",
      "-1", "1e9", "1e400", "NaN", "Infinity", "2147483648", "2147483647", "9223372036854775807", "0x10", "٣", "true", "signal,\0", ",,,",
      "%", "{a}", "|", "\\",
      "'\"`^<>", " ", "2026-01-31T10:00:00Z~1-1-1-1-1~NaN", "+999999999-12-31T23:59:59Z~" + new UUID(1, 2),
      "2026-01-31T10:00:00Z~" + new UUID(1, 2) + "~NaN",
      "x".repeat(3000));
  private final Api api;
  private final Product product;

  MalformedRequestsIT(Api api, Product product) {
    this.api = api;
    this.product = product;
  }

  static Stream<ResourceMethod> apiMethods() {
    return ResourceMethod.ALL.stream().filter(ResourceMethod::isApi);
  }

  static Stream<ResourceMethod> readingMethods() {
    return ResourceMethod.ALL.stream().filter(route -> route.verb().equals("GET"));
  }

  static Stream<ResourceMethod> jsonMethods() {
    return ResourceMethod.ALL.stream().filter(route -> body(route) != null);
  }

  static Stream<ResourceMethod> formMethods() {
    return ResourceMethod.ALL.stream().filter(route -> fields(route).findAny().isPresent());
  }

  @ParameterizedTest
  @MethodSource("apiMethods")
  void anUnknownParameterIsRefusedByName(ResourceMethod route) {
    String told = send(route, route.path() + "?no_such_parameter=1").expect(400).json().getString("detail");
    route.parameters().names().forEach(name -> assertThat(told).contains(name));
    assertThat(told).contains("no_such_parameter");
  }

  @ParameterizedTest
  @MethodSource("apiMethods")
  void aRepeatedParameterIsRefused(ResourceMethod route) {
    route.parameters().names().stream().filter(name -> !route.parameters().repeatable().contains(name))
        .forEach(name -> assertThat(send(route, route.path() + "?" + name + "=1&" + name + "=2").expect(400).json().getString("detail"))
            .contains(name, "more than once"));
  }

  @Test
  void theListOfUnknownParametersIsTruncated() {
    String many = String.join("&", Stream.iterate(1, n -> n + 1).limit(200).map(n -> "p" + "x".repeat(20) + n + "=1").toList());
    assertThat(api.get("/api/v1/jobs?" + many).expect(400).body()).hasSizeLessThan(600);
  }

  @Test
  void aPageIgnoresUnknownParameters() {
    api.with("Accept", "text/html").get("/messages?utm_source=newsletter&utm_medium=mail").expect(200);
  }

  @ParameterizedTest
  @MethodSource("readingMethods")
  void noParameterValueIsAServerError(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    for (String name : route.parameters().names()) {
      Api newApiClient = newApiClient().with("Accept", route.isApi() ? "application/json" : "text/html, */*;q=0.1");
      MALFORMED.forEach(value -> check(all, newApiClient.get(route.path() + "?" + name + "=" + encode(value)), name + "=" + value));
    }
    all.assertAll();
  }

  /** A client with a token of its own, because searches are rate-limited for each token. */
  private Api newApiClient() {
    return product.anonymous().with("Authorization", "Bearer "
        + api.post("/api/v1/tokens", "{\"name\": \"odd\", \"role\": \"admin\"}").expect(201).json().getString("token"));
  }

  /** The overview uses its dates only in pairs. */
  @Test
  void noPairOfDatesIsAServerError() {
    SoftAssertions all = new SoftAssertions();
    for (String path : List.of("/", "/overview/top", "/overview/lists", "/overview/activity")) {
      for (String pair : List.of("from=1970-01-01&until=9999-12-31", "from=-999999999-01-01&until=%2B999999999-12-31",
          "from=0001-01-01&until=0001-01-02",
          "from=1970-01-01&until=2026-01-01", "from=9999-12-31&until=9999-12-31")) {
        check(all, api.with("Accept", "text/html").get(path + "?" + pair), pair);
      }
    }
    all.assertAll();
  }

  @ParameterizedTest
  @MethodSource("readingMethods")
  void noPathIsAServerError(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    if (route.hasPathParameter()) {
      MALFORMED.forEach(value -> check(all, api.get(route.path(encode(value).replace("+", "%20"))), value));
    }
    all.assertAll();
  }

  /** Sent as raw bytes, because Java's HTTP client refuses them. */
  @ParameterizedTest
  @ValueSource(strings = {"%", "%zz", "%C0%80", "%ED%A0%80", "%FF", "|", "{", "{a}", "\"", "^", "`", "<>", "[", "]", "\u00e9", "%00", "=",
      "&&=&", ";"})
  void noMalformedQueryIsAServerError(String value) throws IOException {
    for (String path : List.of("/messages?q=", "/search?q=", "/system/jobs?kind=", "/system/audit?actor=", "/sign-in?next=/",
        "/api/v1/messages?q=", "/?period=")) {
      assertThat(sendRaw(path + value)).as(path).isIn("200", "302", "303", "400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Accept", "Accept-Language", "Accept-Encoding", "Content-Type", "Cookie", "HX-Request", "HX-Target",
      "HX-Current-URL", "Referer", "Origin",
      "If-None-Match", "If-Modified-Since", "Range", "traceparent", "X-Request-ID", "X-Forwarded-Host", "User-Agent"})
  void noMalformedHeaderIsAServerError(String header) throws IOException {
    for (String value : List.of(";;;", "%", "{a}", "|", "text/html;q=x", "*;q=9", "a/b/c", "text/html;charset=no-such", "ÿі",
        "9".repeat(3000), "=;=\"", "-1")) {
      for (String path : List.of("/messages", "/api/v1/messages?page_size=1", "/nothing-here")) {
        assertThat(sendRaw(path, header + ": " + value)).as(header + ": " + value + " for " + path).isIn("200", "303", "400", "404", "406");
      }
    }
  }

  /** Browsers do not encode this character. */
  @Test
  void aVerticalBarInAUrlIsAccepted() throws IOException {
    assertThat(sendRaw("/messages?q=a|b")).isEqualTo("200");
    assertThat(sendRaw("/messages/%7C?q=a|b")).isEqualTo("404");
    assertThat(sendRaw("/sign-in?next=/messages?q=a|b")).isEqualTo("303");
  }

  @ParameterizedTest
  @MethodSource("jsonMethods")
  void aJsonFieldThatCannotBeStoredIsRefusedByName(ResourceMethod route) {
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
  @MethodSource("jsonMethods")
  void noMalformedJsonValueIsAServerError(ResourceMethod route) {
    SoftAssertions all = new SoftAssertions();
    for (RecordComponent field : body(route).getRecordComponents()) {
      String name = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase();
      if (field.getType() != String.class && field.getType() != Boolean.class) {
        for (String odd : List.of("1e400", "-1e400", "1e99999", "99999999999999999999", "-1", "1.5", "\"NaN\"", "\"1-1-1-1-1\"",
            "[\"1-1-1-1-1\"]", "[null]", "{}")) {
          check(all, api.ask(route.verb(), route.path(), "{\"" + name + "\": " + odd + "}"), name + ": " + odd);
        }
      }
    }
    all.assertAll();
  }

  /** Refused before the method is called, so nothing is changed. */
  @ParameterizedTest
  @MethodSource("formMethods")
  void aFormFieldThatCannotBeStoredIsRefusedByName(ResourceMethod route) {
    Api newBrowserClient = newBrowserClient().with("Accept", "text/html");
    fields(route).forEach(name -> assertThat(newBrowserClient.form(route.path(), Map.of(name, "a\0b")).expect(400).body()).contains(name));
  }

  /** A client with a session, because some forms need one. */
  private Api newBrowserClient() {
    ApiResponse in = product.anonymous().with("Accept", "text/html")
        .form("/sign-in", Map.of("name", Product.ADMIN, "password", Product.ADMIN_PASSWORD)).expect(303);
    String session = in.response().headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith("tt_session=")).findFirst()
        .orElseThrow();
    return product.anonymous().with("Cookie", session.split(";")[0]).with("Origin", product.url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
      "+10000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999-01:00", "infinity", ""})
  void aMessageWithAnInvalidTimeIsRefused(String time) {
    assertThat(api.post("/api/v1/messages", message(time, null)).expect(422).body()).contains("sent_at");
    assertThat(api.post("/api/v1/messages", message("2026-03-02T12:00:00Z", time)).expect(422).body()).contains("edited_at");
  }

  @Test
  void theLatestTimeCanBeStoredAndListed() {
    String chat = "odd-" + UUID.randomUUID();
    String id = api.post("/api/v1/messages", message("9999-12-31T23:59:59.999999999Z", null).replace("odd chat", chat)).expect(201).json()
        .getString("id");
    try {
      var page = api.get("/api/v1/messages?chat_id=" + api.chat(chat) + "&page_size=1").expect(200).json();
      assertThat(page.getJsonArray("items").getJsonObject(0).getString("sent_at")).startsWith("9999-12-31T23:59:59.999999");
      api.get("/api/v1/messages?page_size=1&cursor=" + encode(page.getString("next"))).expect(200);
    } finally {
      api.delete("/api/v1/messages/" + id).expect(204);
    }
  }

  private static String message(String sentAt, String editedAt) {
    return "{\"external_message_id\": \"" + UUID.randomUUID()
        + "\", \"content\": \"odd\", \"author\": \"Olena\", \"chat\": \"odd chat\", \"chat_title\": \"odd chat\", "
        + "\"sent_at\": \"" + sentAt + "\"" + (editedAt == null ? "" : ", \"edited_at\": \"" + editedAt + "\"") + "}";
  }

  private ApiResponse send(ResourceMethod route, String path) {
    return switch (route.verb()) {
      case "GET" -> api.get(path);
      case "DELETE" -> api.delete(path);
      default -> api.ask(route.verb(), path, "{}");
    };
  }

  private static void check(SoftAssertions all, ApiResponse answer, String what) {
    String path = answer.response().uri().getPath();
    // Another server that was asked for may fail, and the answer says so.
    boolean isOfAnother = path.equals("/api/v1/providers/ollama/models") && (answer.status() == 502 || answer.status() == 504);
    if (!isOfAnother) {
      all.assertThat(answer.status()).as("%s %s: %s", path, what, answer.status() < 500 ? "" : answer.body()).isLessThan(500)
          .isNotEqualTo(429);
    }
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

  /** Sends a URL without encoding it and returns the status line. */
  private String sendRaw(String address) throws IOException {
    return sendRaw(address, "Accept: text/html, */*;q=0.5");
  }

  private String sendRaw(String address, String header) throws IOException {
    URI where = URI.create(product.url());
    try (Socket socket = new Socket(where.getHost(), where.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream()
          .write(("GET " + address + " HTTP/1.1\r\nHost: " + where.getAuthority() + "\r\n" + header + "\r\nAuthorization: Bearer "
              + Product.ADMIN_TOKEN + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.length() < 12 ? "" : answer.substring(9);
    }
  }
}
