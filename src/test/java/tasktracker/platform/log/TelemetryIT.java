package tasktracker.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.ApiResponse;
import tasktracker.harness.Api;
import tasktracker.harness.Product;
import tasktracker.harness.Await;
import tasktracker.platform.trace.OtlpCollector;
import tasktracker.source.telegram.FakeTelegram;

/**
 * Logs and traces of a server at the most detailed level contain no secrets, although clients send secrets in every part
 * of their requests.
 */
class TelemetryIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  /** Sent in that place; each is unlike every other word, so that a search for it finds nothing else. */
  private static final Map<String, String> SENT = new TreeMap<>(Map.of(
      "a bad token", "tt_badtoken7Kq", "a bad scraping token", "badscrape8Lw", "a bad session", "badsession9Mx",
      "a wrong password", "wrongpassword1Ny", "a new account's password", "giraffes-sent-2Pz", "a question", "secretquestion3Qa",
      "a bad webhook secret", "badwebhook4Rb", "an unknown header", "unknownheader5Sc", "a broken body", "brokenbody6Td",
      "a parameter of no address", "noaddress7Ue"));
  private static final String SCRAPING = "metrics-token-of-the-logs-test-01", CALLERS = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final ServerLogs LOGS = new ServerLogs("telemetry");
  private static FakeTelegram telegram;
  private static OtlpCollector collector;
  private static Product product;

  @BeforeAll
  static void peopleAndProgramsAreAtIt() throws IOException {
    telegram = new FakeTelegram();
    collector = new OtlpCollector();
    product = Product.quick("telemetry", settings()).start();
    programsAsk();
    kevinSignsIn();
    olenaSpeaksInTelegram();
  }

  private static Map<String, String> settings() {
    var settings = new HashMap<>(LogConfiguration.of(Map.of("LOG_FORMAT", "json", "LOG_LEVEL", "DEBUG", "LOG_ACCESS", "true")));
    settings.putAll(Map.of("LOG_SLOW_REQUEST_MS", "1", "METRICS_TOKEN", SCRAPING, "TELEGRAM_BOT_TOKEN", FakeTelegram.TOKEN,
        "TELEGRAM_API_BASE", telegram.base(), "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "200"));
    return settings;
  }

  private static void programsAsk() {
    Api stranger = product.anonymous();
    stranger.with("Authorization", "Bearer " + SENT.get("a bad token")).get("/api/v1/messages").expect(401);
    stranger.with("Authorization", "Bearer " + SENT.get("a bad scraping token")).get("/metrics").expect(401);
    product.anonymous().with("Authorization", "Bearer " + SCRAPING).get("/metrics").expect(200);
    stranger.with("Cookie", "tt_session=" + SENT.get("a bad session")).get("/api/v1/me").expect(401);
    product.api().with("X-Request-ID", "kevin-asks-1").with("X-Api-Key", SENT.get("an unknown header"))
        .get("/api/v1/messages?q=" + SENT.get("a question")).expect(200);
    product.api().post("/api/v1/accounts", Json.createObjectBuilder().add("name", "logs-olena").add("role", "reader")
        .add("password", SENT.get("a new account's password")).build().toString());
    product.api().post("/api/v1/accounts", "{\"password\": \"" + SENT.get("a broken body")).expect(400);
    product.api().get("/nothing/here%2f?key=" + SENT.get("a parameter of no address"));
    product.anonymous().with("X-Telegram-Bot-Api-Secret-Token", SENT.get("a bad webhook secret")).post("/webhook/telegram", "{}")
        .expect(401);
  }

  private static void kevinSignsIn() {
    Api kevin = product.anonymous().with("Accept", "text/html");
    Map<String, String> form = new HashMap<>(Map.of("name", Product.ADMIN, "password", SENT.get("a wrong password")));
    assertThat(kevin.form("/sign-in", form).status()).isNotEqualTo(303).isLessThan(500);
    form.put("password", Product.ADMIN_PASSWORD);
    ApiResponse in = kevin.form("/sign-in", form).expect(303);
    SENT.put("a session", cookie(in, "tt_session"));
    SENT.put("a known browser", cookie(in, "tt_device"));
  }

  private static String cookie(ApiResponse answer, String name) {
    String set = answer.response().headers().allValues("Set-Cookie").stream().filter(c -> c.startsWith(name + "=")).findFirst()
        .orElseThrow();
    return set.substring(name.length() + 1, set.indexOf(';'));
  }

  /** Her picture is asked for by a job, which Telegram makes wait, and then does not answer at all. */
  private static void olenaSpeaksInTelegram() {
    telegram.refuse(1);
    product.telegram().post("/webhook/telegram", update(1, 700)).expect(200);
    Await.until("the picture waits", PATIENCE, () -> LOGS.contains("fetch_avatar_task, attempt 1) is snoozed"));
    telegram.close();
    product.telegram().post("/webhook/telegram", update(2, 701)).expect(200);
    Await.until("the picture failed", PATIENCE, () -> LOGS.contains("Telegram is not responding"));
  }

  private static String update(int id, int person) {
    return "{\"update_id\": " + id + ", \"message\": {\"message_id\": " + id
        + ", \"date\": 1700000000, \"text\": \"The release is on Friday\","
        + " \"from\": {\"id\": " + person
        + ", \"first_name\": \"Olena\"}, \"chat\": {\"id\": -1001, \"type\": \"supergroup\", \"title\": \"Logs\"}}}";
  }

  @AfterAll
  static void stop() {
    product.close();
    telegram.close();
    collector.close();
  }

  @Test
  void noSecretIsInAnyLogOrSpan() {
    SENT.putAll(Map.of("the bot's token", FakeTelegram.TOKEN, "the administrator's password", Product.ADMIN_PASSWORD,
        "the administrator's token", Product.ADMIN_TOKEN, "the webhook's secret", Product.WEBHOOK_SECRET,
        "the scraping token", SCRAPING,
        "the database's password", product.services().environment().get("DATABASE_PASSWORD"),
        "the server's password for the database", product.services().environment().get("DATABASE_RUNTIME_PASSWORD"),
        "the broker's password", product.services().environment().get("NATS_URL").replaceAll(".*:(.*)@.*", "$1")));
    Map<Path, String> logs = LOGS.all();
    assertThat(logs.keySet()).extracting(file -> file.getFileName().toString()).contains("console.log", "messages.log", "trace.log",
        "access.log");
    logs.forEach((file, text) -> SENT.forEach((what, secret) -> assertThat(text.contains(secret)).as("%s in %s", what, file).isFalse()));
    assertThat(collector.spans("GET /api/v1/messages")).as("spans of what was asked").isNotEmpty();
    SENT.forEach((what, secret) -> assertThat(collector.all().contains(secret)).as("%s in a span", what).isFalse());
  }

  /** Or the test above would find nothing in logs that hold nothing. */
  @Test
  void publicValuesAreLogged() {
    assertThat(LOGS.records("liberty_accesslog")).anySatisfy(record -> {
      assertThat(record.getString("ibm_uriPath")).isEqualTo("/api/v1/messages");
      assertThat(record.getInt("ibm_responseCode")).isEqualTo(401);
    }).anySatisfy(record -> assertThat(record.getString("ibm_responseHeader_x-request-id", "")).isEqualTo("kevin-asks-1"));
    assertThat(LOGS.records("liberty_trace")).as("debugging records").isNotEmpty();
    assertThat(LOGS.contains("/nothing/here")).as("an address that the server itself refused").isTrue();
  }

  @Test
  void eachRecordOfARequestHasItsId() {
    assertThat(LOGS.records("liberty_message").stream().filter(r -> r.getString("message").startsWith("Slow request: "))).isNotEmpty()
        .allSatisfy(r -> assertThat(r.getString("message")).endsWith("(request " + r.getString("ext_request_id") + ")"))
        .anySatisfy(r -> assertThat(r.getString("ext_request_id")).isEqualTo("kevin-asks-1"));
  }

  @Test
  void eachRecordOfAJobHasItsIdAndKindAndNoRequest() {
    assertThat(LOGS.records("liberty_trace").stream().filter(r -> r.getString("message").contains("is snoozed"))).isNotEmpty()
        .allSatisfy(r -> {
          assertThat(r.getString("message")).startsWith("Job " + r.getString("ext_job_id") + " (" + r.getString("ext_job_kind"));
          assertThat(r.containsKey("ext_request_id")).isFalse();
        });
  }

  @Test
  void aRequestJoinsTheCallersTraceAndItsJobIsLinked() {
    product.api().with("traceparent", "00-" + CALLERS + "-00f067aa0ba902b7-01").with("X-Request-ID", "kevin-asks-2")
        .get("/api/v1/messages?q=privatereason").expect(200);
    product.api().with("traceparent", "00-" + CALLERS + "-00f067aa0ba902b7-01").with("X-Request-ID", "kevin-asks-2")
        .post("/api/v1/jobs", "{\"kind\":\"process_message\",\"text\":\"Traces\"}").expect(202);
    Span request = one("POST /api/v1/jobs");
    assertThat(OtlpCollector.hex(request.getTraceId())).isEqualTo(CALLERS);
    assertThat(OtlpCollector.hex(request.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(OtlpCollector.said(request, "http.response.status_code")).isEqualTo("202");
    assertThat(OtlpCollector.said(request, "tasktracker.request.id")).isEqualTo("kevin-asks-2");
    isLinked(one("process_message"), request);
    assertThat(collector.services()).containsExactly("task-tracker");
    assertThat(collector.all()).doesNotContain("privatereason");
    assertThat(LOGS.console()).contains("\"ext_trace_id\":\"" + CALLERS + "\"");
  }

  @Test
  void statementsBelongToARequestOrAJob() {
    product.api().with("X-Request-ID", "kevin-asks-3").get("/api/v1/accounts").expect(200);
    Span request = one("GET /api/v1/accounts");
    Await.until("a statement of it", PATIENCE, () -> statements().anyMatch(s -> s.getParentSpanId().equals(request.getSpanId())));
    assertThat(statements()).isNotEmpty().allSatisfy(statement -> {
      assertThat(statement.getParentSpanId().isEmpty()).as("a trace of its own").isFalse();
      assertThat(OtlpCollector.said(statement, "binding")).as("parameters").isEmpty();
    });
  }

  private static Stream<Span> statements() {
    return collector.spans().filter(span -> span.getName().startsWith("jdbi."));
  }

  private static void isLinked(Span job, Span request) {
    assertThat(job.getLinksList()).singleElement().satisfies(link -> {
      assertThat(link.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(link.getSpanId()).isEqualTo(request.getSpanId());
    });
    assertThat(job.getTraceId()).isNotEqualTo(request.getTraceId());
    assertThat(OtlpCollector.said(job, "tasktracker.job.outcome")).isEqualTo("completed");
  }

  @Test
  void aMalformedTraceparentIsIgnored() {
    product.api().with("traceparent", "00-zz-zz-01").get("/api/v1/jobs").expect(200);
    assertThat(one("GET /api/v1/jobs").getParentSpanId().isEmpty()).isTrue();
  }

  private static Span one(String name) {
    List<Span> found = Await.forValue("a span " + name, PATIENCE, () -> collector.spans(name), spans -> !spans.isEmpty());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
