package tasktracker.platform.trace;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Traces requests and jobs, and exports the traces to {@code OTEL_EXPORTER_OTLP_ENDPOINT}. Without that setting tracing is
 * disabled, and no OpenTelemetry class is loaded.
 */
@ApplicationScoped
public class RequestTracer {

  private static final System.Logger LOG = System.getLogger(RequestTracer.class.getName());
  private static final List<String> ENDPOINTS = List.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT");

  private TracingBackend tracing = TracingBackend.OFF;

  void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) Startup event) {
    if (ENDPOINTS.stream().anyMatch(RequestTracer::isSet)) {
      tracing = OtlpTracingBackend.fromEnvironment();
      LOG.log(Level.INFO, "Requests and jobs are traced");
    }
  }

  private static boolean isSet(String name) {
    return ConfigProvider.getConfig().getOptionalValue(name, String.class).filter(s -> !s.isBlank()).isPresent();
  }

  /**
   * Starts the span of a request on this thread.
   *
   * @param traceparent header of the caller's trace; a malformed one is ignored
   */
  public TraceSpan request(String method, @Nullable String traceparent, String requestId) {
    return tracing.request(method, traceparent, requestId);
  }

  /**
   * Starts the span of an attempt of a job on this thread, in a trace of its own.
   *
   * @param origin traceparent of the trace that enqueued the job; the two traces are linked
   */
  public TraceSpan job(UUID id, String kind, int attempt, @Nullable String origin) {
    return tracing.job(id, kind, attempt, origin);
  }

  @PreDestroy
  void stop() {
    tracing.close();
  }
}
