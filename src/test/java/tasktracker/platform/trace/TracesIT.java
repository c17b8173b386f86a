package tasktracker.platform.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tasktracker.harness.Product;
import tasktracker.harness.Project;
import tasktracker.harness.Waiting;

/** What a collector is sent by a server that was told where it is. */
class TracesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OURS = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static Collector collector;
  private static Product product;

  @BeforeAll
  static void start() throws IOException {
    collector = new Collector();
    product = Product.quick("traces", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "200",
        "LOG_FORMAT", "json", "LOG_SLOW_REQUEST_MS", "1")).start();
  }

  @AfterAll
  static void stop() {
    product.close();
    collector.close();
  }

  @Test
  void aRequestIsASpanOfItsCallersTraceAndItsJobIsLinkedToIt() throws IOException {
    product.api().with("traceparent", "00-" + OURS + "-00f067aa0ba902b7-01").with("X-Request-ID", "kevin-asks-1")
        .post("/api/v1/jobs?why=privatereason", "{\"kind\":\"process_message\",\"text\":\"Traces\"}").expect(202);
    Span request = one("POST /api/v1/jobs");
    assertThat(Collector.hex(request.getTraceId())).isEqualTo(OURS);
    assertThat(Collector.hex(request.getParentSpanId())).isEqualTo("00f067aa0ba902b7");
    assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(Collector.said(request, "http.response.status_code")).isEqualTo("202");
    assertThat(Collector.said(request, "tasktracker.request.id")).isEqualTo("kevin-asks-1");
    isLinked(one("process_message"), request);
    assertThat(collector.services()).containsExactly("task-tracker");
    assertThat(collector.all()).doesNotContain("privatereason").doesNotContain(Product.ADMIN_TOKEN);
    assertThat(Files.readString(Project.target("server", "traces", "console.log"))).contains("\"ext_trace_id\":\"" + OURS + "\"");
  }

  private static void isLinked(Span job, Span request) {
    assertThat(job.getLinksList()).singleElement().satisfies(link -> {
      assertThat(link.getTraceId()).isEqualTo(request.getTraceId());
      assertThat(link.getSpanId()).isEqualTo(request.getSpanId());
    });
    assertThat(job.getTraceId()).isNotEqualTo(request.getTraceId());
    assertThat(Collector.said(job, "tasktracker.job.outcome")).isEqualTo("completed");
  }

  @Test
  void aMalformedTraceOfTheCallersIsPassedOver() {
    product.api().with("traceparent", "00-zz-zz-01").get("/api/v1/jobs").expect(200);
    assertThat(one("GET /api/v1/jobs").getParentSpanId().isEmpty()).isTrue();
  }

  private static Span one(String name) {
    List<Span> found = Waiting.forValue("a span " + name, PATIENCE, () -> collector.spans(name), spans -> !spans.isEmpty());
    assertThat(found).hasSize(1);
    return found.getFirst();
  }
}
