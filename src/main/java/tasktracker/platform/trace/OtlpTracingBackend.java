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
 * Tracing with the OpenTelemetry SDK, which reads its standard variables: OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER and so
 * on. Spans contain route templates, job kinds and ids, but no URLs, parameters or user input.
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

  /** @throws IllegalStateException naming the variable that is invalid */
  static OtlpTracingBackend fromEnvironment() {
    try {
      return new OtlpTracingBackend(AutoConfiguredOpenTelemetrySdk.builder().addPropertiesSupplier(() -> USUAL)
          .disableShutdownHook().build().getOpenTelemetrySdk());
    } catch (ConfigurationException | IllegalArgumentException | IllegalStateException e) {
      throw new IllegalStateException("Not started: OTEL_EXPORTER_OTLP_ENDPOINT enables tracing, and a setting of it is invalid: "
          + e.getMessage() + ". Correct it, or remove OTEL_EXPORTER_OTLP_ENDPOINT.", e);
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

  /** Reads the only header that is used, {@code traceparent}. */
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

  /** Exports pending spans and shuts down. */
  @Override
  public void close() {
    sdk.close();
  }
}
