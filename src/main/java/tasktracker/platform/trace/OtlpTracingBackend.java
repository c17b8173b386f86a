package tasktracker.platform.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Traces through OpenTelemetry's own SDK, which reads its usual variables: OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so
 * on. Spans name route templates, kinds and ids; no address, no parameter and nothing that somebody wrote.
 */
final class OtlpTracingBackend implements TracingBackend {

  private static final Map<String, String> USUAL = Map.of("otel.service.name", "task-tracker",
      "otel.exporter.otlp.protocol", "http/protobuf", "otel.metrics.exporter", "none", "otel.logs.exporter", "none");
  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("tasktracker.request.id");
  private static final AttributeKey<String> JOB = AttributeKey.stringKey("tasktracker.job.id");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("tasktracker.job.kind");
  private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tasktracker.job.attempt");
  private static final String TRACEPARENT = "traceparent";

  private final OpenTelemetrySdk sdk;
  private final Tracer tracer;

  private OtlpTracingBackend(OpenTelemetrySdk sdk) {
    this.sdk = sdk;
    this.tracer = sdk.getTracer("tasktracker");
  }

  /** @throws IllegalStateException when a variable says what nobody understands, naming it */
  static OtlpTracingBackend fromEnvironment() {
    try {
      return new OtlpTracingBackend(AutoConfiguredOpenTelemetrySdk.builder().addPropertiesSupplier(() -> USUAL)
          .disableShutdownHook().build().getOpenTelemetrySdk());
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException("Not started: traces are asked for by OTEL_EXPORTER_OTLP_ENDPOINT, and a setting of them"
          + " is wrong: " + e.getMessage() + ". Mend it, or take OTEL_EXPORTER_OTLP_ENDPOINT away.", e);
    }
  }

  @Override
  public TraceSpan request(String method, @Nullable String traceparent, String requestId) {
    return begin(tracer.spanBuilder(method).setSpanKind(SpanKind.SERVER).setParent(context(traceparent))
        .setAttribute(METHOD, method).setAttribute(REQUEST, requestId), method);
  }

  @Override
  public TraceSpan job(UUID id, String kind, int attempt, @Nullable String origin) {
    SpanBuilder span = tracer.spanBuilder(kind).setSpanKind(SpanKind.CONSUMER).setNoParent()
        .setAttribute(JOB, id.toString()).setAttribute(KIND, kind).setAttribute(ATTEMPT, attempt);
    SpanContext queuedBy = Span.fromContext(context(origin)).getSpanContext();
    return begin(queuedBy.isValid() ? span.addLink(queuedBy) : span, kind);
  }

  private static TraceSpan begin(SpanBuilder builder, String name) {
    Span span = builder.startSpan();
    CurrentTrace.begin(traceparent(span.getSpanContext()));
    return new OtlpSpan(span, name);
  }

  private static String traceparent(SpanContext of) {
    return "00-" + of.getTraceId() + "-" + of.getSpanId() + "-" + of.getTraceFlags().asHex();
  }

  private static Context context(@Nullable String traceparent) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, One.VALUE);
  }

  /** The one header that we know of. */
  private enum One implements TextMapGetter<@Nullable String> {
    VALUE;

    @Override
    public Iterable<String> keys(@Nullable String carrier) {
      return java.util.List.of(TRACEPARENT);
    }

    @Override
    public @Nullable String get(@Nullable String carrier, String key) {
      return key.equals(TRACEPARENT) ? carrier : null;
    }
  }

  /** Sends what has not been sent. */
  @Override
  public void close() {
    sdk.close();
  }
}
