package tasktracker.platform.security.access;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** The spans of requests. They contain method, route template, status and request id, but no URLs or parameters. */
@ApplicationScoped
class RequestTracer {

  private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  private static final AttributeKey<String> REQUEST = AttributeKey.stringKey("tasktracker.request.id");
  private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

  private final OpenTelemetry telemetry;
  private final Tracer tracer;

  @Inject
  RequestTracer(OpenTelemetry telemetry, Tracer tracer) {
    this.telemetry = telemetry;
    this.tracer = tracer;
  }

  /** Starts the span of a request, in the trace of the caller if there is one; an invalid span for what is not traced. */
  Span start(HttpServletRequest request, String requestId) {
    return isRoutine(request.getRequestURI())
        ? Span.getInvalid()
        : tracer.spanBuilder(request.getMethod()).setSpanKind(SpanKind.SERVER).setParent(callersTrace(request))
            .setAttribute(METHOD, request.getMethod()).setAttribute(REQUEST, requestId).startSpan();
  }

  /** Probes and assets are not traced, because they are frequent and of no interest. */
  private static boolean isRoutine(String path) {
    return path.startsWith("/assets/") || path.startsWith("/health") || path.equals("/api/health") || path.equals("/metrics");
  }

  private Context callersTrace(HttpServletRequest request) {
    return telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), request, Headers.INSTANCE);
  }

  /** Names the span of a request by its route template. */
  void answered(Span span, HttpServletRequest request, String route, int status) {
    span.updateName(request.getMethod() + " " + route).setAttribute(ROUTE, route).setAttribute(STATUS, (long) status);
    if (status >= 500) {
      span.setStatus(StatusCode.ERROR);
    }
  }

  private enum Headers implements TextMapGetter<HttpServletRequest> {
    INSTANCE;

    @Override
    public Iterable<String> keys(HttpServletRequest request) {
      return Collections.list(request.getHeaderNames());
    }

    @Override
    public @Nullable String get(@Nullable HttpServletRequest request, String name) {
      return request == null ? null : request.getHeader(name);
    }
  }
}
